# Passwords are made by Lockbox and never leave it but to the machine that needs them: they are in no state, no user data and no
# variable. Machines fetch them at boot; the database is told by database.tf.

resource "yandex_kms_symmetric_key" "secrets" {
  name                = "${var.name}-secrets"
  default_algorithm   = "AES_256"
  rotation_period     = "8760h"
  deletion_protection = var.production
}

resource "yandex_lockbox_secret" "password" {
  for_each = {
    database   = "The catalogue's password for PostgreSQL."
    watcher    = "The exporter's password for PostgreSQL."
    monitoring = "The password of Grafana's administrator."
  }

  name                = "${var.name}-${each.key}"
  description         = each.value
  kms_key_id          = yandex_kms_symmetric_key.secrets.id
  deletion_protection = var.production

  password_payload_specification {
    password_key        = "password"
    length              = 40
    include_punctuation = false # it is written into files and addresses
  }
}

# A specification alone makes no password: a version does. Another one is made to rotate it (docs/deploy.md).
resource "yandex_lockbox_secret_version" "password" {
  for_each = yandex_lockbox_secret.password

  secret_id   = each.value.id
  description = "generated"
}
