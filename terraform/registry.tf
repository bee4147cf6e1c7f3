resource "yandex_container_registry" "kinoteka" {
  name = var.name
}

resource "yandex_container_repository" "program" {
  for_each = local.programs

  name = "${yandex_container_registry.kinoteka.id}/${each.key}"
}

# Keeps the versions for a roll-back, and deletes older ones.
resource "yandex_container_repository_lifecycle_policy" "keep_ten" {
  for_each = yandex_container_repository.program

  name          = "keep-ten"
  status        = "active"
  repository_id = each.value.id

  rule {
    description   = "images without a tag"
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

  registry_host = "cr.yandex"
  registry      = "${local.registry_host}/${yandex_container_registry.kinoteka.id}"
  images        = { for program, digest in local.digests : program => "${local.registry}/${program}@${digest}" }

  # The same image with the same digest, so that the monitoring node needs no other registry.
  grafana_image = "${local.registry}/grafana@${split("@", var.grafana_image)[1]}"
}

# The images that `make image` has built, by their digests, so that the nodes run what was tested.
resource "terraform_data" "push" {
  triggers_replace = [yandex_container_registry.kinoteka.id, local.digests]

  provisioner "local-exec" {
    command = <<-EOT
      REGISTRY_USER=iam REGISTRY_PASSWORD="$YC_TOKEN" make --no-print-directory push REGISTRY=${local.registry} &&
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

resource "terraform_data" "grafana" {
  triggers_replace = [local.grafana_image]

  provisioner "local-exec" {
    command = "${path.module}/mirror-image ${var.grafana_image} ${local.registry}/grafana:${split("@", split(":", var.grafana_image)[1])[0]}"
  }
}

# A registry that contains images cannot be deleted. In production, nothing deletes them: the nodes need them.
resource "terraform_data" "empty_registry" {
  for_each = toset(var.production ? [] : ["registry"])

  input = {
    command  = "${path.module}/api/empty-registry"
    registry = yandex_container_registry.kinoteka.id
  }

  provisioner "local-exec" {
    when    = destroy
    command = "${self.input.command} ${self.input.registry}"
  }

  # Destroyed in the reverse order: the images first, then their repositories, then the registry.
  depends_on = [yandex_container_repository.program]
}
