# Lockbox generates the passwords. Only the machines that need one read it, when their services start, so that no password is in the state,
# in user data or in a variable. users.tf sets them in the database.

resource "yandex_kms_symmetric_key" "secrets" {
  name                = "${var.name}-secrets"
  default_algorithm   = "AES_256"
  rotation_period     = "8760h"
  deletion_protection = var.production
}

resource "yandex_lockbox_secret" "password" {
  for_each = {
    migration  = "Password of the PostgreSQL user that owns the schema."
    service-a  = "Password of the PostgreSQL user kinoteka_a, one of the two logins of the catalogue."
    service-b  = "Password of the PostgreSQL user kinoteka_b, the other one."
    watcher    = "Password of the PostgreSQL user that reads statistics."
    monitoring = "Password of Grafana's administrator."
  }

  name                = "${var.name}-${each.key}"
  description         = each.value
  kms_key_id          = yandex_kms_symmetric_key.secrets.id
  deletion_protection = var.production

  password_payload_specification {
    password_key        = "password"
    length              = 40
    include_punctuation = false # because it becomes part of files and URLs
  }
}

# The specification alone generates nothing: a version does. A rotation replaces a version (docs/deploy.md).
resource "yandex_lockbox_secret_version" "password" {
  for_each = yandex_lockbox_secret.password

  secret_id   = each.value.id
  description = "generated"

  # Nodes read the old version until they have the release that names the new one.
  lifecycle {
    create_before_destroy = true
  }
}

# The addresses of webhooks, because who knows one can send alerts or keep the Watchdog silent. A program stores them: the provider would
# write them into the state.
resource "yandex_lockbox_secret" "webhooks" {
  name                = "${var.name}-webhooks"
  description         = "Addresses to which alerts and the Watchdog are sent."
  kms_key_id          = yandex_kms_symmetric_key.secrets.id
  deletion_protection = var.production
}

resource "terraform_data" "webhooks" {
  for_each = toset(length(local.webhooks) > 0 ? ["webhooks"] : [])

  triggers_replace = [yandex_lockbox_secret.webhooks.id, sha256(jsonencode(local.webhooks))]

  provisioner "local-exec" {
    command = "${path.module}/api/set-secret"
    environment = {
      SECRET_ID = yandex_lockbox_secret.webhooks.id
      ENTRIES   = jsonencode(local.webhooks)
    }
  }
}

locals {
  # By their entries in the secret. Which of them exist is not secret.
  webhooks = { for entry, url in { alert = var.alert_webhook, watchdog = var.watchdog_webhook } : entry => url if nonsensitive(url != "") }
}
