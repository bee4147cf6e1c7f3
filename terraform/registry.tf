resource "yandex_container_registry" "kinoteka" {
  name = var.name
}

resource "yandex_container_repository" "program" {
  for_each = local.programs

  name = "${yandex_container_registry.kinoteka.id}/${each.key}"
}

# Versions to roll back to are kept, the rest goes.
resource "yandex_container_repository_lifecycle_policy" "keep_ten" {
  for_each = yandex_container_repository.program

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
  programs     = toset(["gateway", "catalog-service", "seeder"])
  digest_files = { for program in local.programs : program => "${path.module}/../target/images/${program}.digest" }
  digests      = { for program, file in local.digest_files : program => fileexists(file) ? trimspace(file(file)) : "" }
  images       = { for program, digest in local.digests : program => "cr.yandex/${yandex_container_registry.kinoteka.id}/${program}@${digest}" }
}

# The images that `make image` has made, by their digests: what runs is what was tested here.
resource "terraform_data" "push" {
  triggers_replace = [yandex_container_registry.kinoteka.id, local.digests]

  provisioner "local-exec" {
    command = <<-EOT
      REGISTRY_USER=iam REGISTRY_PASSWORD="$YC_TOKEN" make --no-print-directory push REGISTRY=cr.yandex/${yandex_container_registry.kinoteka.id} &&
      [ "$(cat ${join(" ", [for program in local.programs : "target/images/${program}.digest"])})" = "${join("\n", values(local.digests))}" ] ||
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

  depends_on = [yandex_container_repository.program]
}
