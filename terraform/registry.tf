resource "yandex_container_registry" "kinoteka" {
  name = var.name
}

resource "yandex_container_repository" "service" {
  for_each = toset(["gateway", "catalog-service"])

  name = "${yandex_container_registry.kinoteka.id}/${each.key}"
}

# Versions to roll back to are kept, the rest goes.
resource "yandex_container_repository_lifecycle_policy" "keep_ten" {
  for_each = yandex_container_repository.service

  name          = "keep-ten"
  status        = "active"
  repository_id = each.value.id

  rule {
    description   = "what no tag names any more"
    untagged      = true
    expire_period = "720h"
    retained_top  = 10
  }

  rule {
    description   = "old versions"
    tag_regexp    = ".*"
    expire_period = "2160h"
    retained_top  = 10
  }
}

locals {
  digest_files = { for service in ["gateway", "catalog-service"] : service => "${path.module}/../target/images/${service}.digest" }
  digests      = { for service, file in local.digest_files : service => fileexists(file) ? trimspace(file(file)) : "" }
  images       = { for service, digest in local.digests : service => "cr.yandex/${yandex_container_registry.kinoteka.id}/${service}@${digest}" }
}

# The images that `make image` has made, by their digests: what runs is what was tested here.
resource "terraform_data" "push" {
  triggers_replace = [yandex_container_registry.kinoteka.id, local.digests]

  provisioner "local-exec" {
    command = <<-EOT
      REGISTRY_USER=iam REGISTRY_PASSWORD="$YC_TOKEN" make --no-print-directory push REGISTRY=cr.yandex/${yandex_container_registry.kinoteka.id} &&
      [ "$(cat target/images/gateway.digest) $(cat target/images/catalog-service.digest)" = "${local.digests["gateway"]} ${local.digests["catalog-service"]}" ] ||
      { echo 'The images are not those of the plan, or were not pushed: apply again.' >&2; exit 1; }
    EOT

    working_dir = "${path.module}/.."
  }

  lifecycle {
    precondition {
      condition     = alltrue([for digest in values(local.digests) : can(regex("^sha256:[0-9a-f]{64}$", digest))])
      error_message = "The images are not there: run `make image` first, it writes target/images/*.digest."
    }
  }

  depends_on = [yandex_container_repository.service]
}
