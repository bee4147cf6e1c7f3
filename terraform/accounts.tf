# A service account for each role, with the permissions that it needs, on single resources rather than on the folder where possible.

resource "yandex_iam_service_account" "role" {
  for_each = {
    group      = "Creates and replaces the nodes."
    node       = "A node: pulls images, reads secrets and the certificate, writes logs and metrics."
    monitoring = "The monitoring node: pulls its image, lists nodes and backups, reads its secrets, writes logs."
  }

  name        = "${var.name}-${each.key}"
  description = each.value
}

resource "yandex_resourcemanager_folder_iam_member" "role" {
  for_each = {
    "group compute.editor"          = { account = "group", role = "compute.editor" }
    "group vpc.user"                = { account = "group", role = "vpc.user" }
    "group vpc.securityGroups.user" = { account = "group", role = "vpc.securityGroups.user" }
    "group load-balancer.editor"    = { account = "group", role = "load-balancer.editor" }
    "group monitoring.viewer"       = { account = "group", role = "monitoring.viewer" } # for scaling by our metric
    "node monitoring.editor"        = { account = "node", role = "monitoring.editor" }
    "node logging.writer"           = { account = "node", role = "logging.writer" }
    "monitoring compute.viewer"     = { account = "monitoring", role = "compute.viewer" }
    "monitoring logging.writer"     = { account = "monitoring", role = "logging.writer" }
    "monitoring managed-postgresql" = { account = "monitoring", role = "managed-postgresql.viewer" } # the age of the last backup
  }

  folder_id = var.folder_id
  role      = each.value.role
  member    = "serviceAccount:${yandex_iam_service_account.role[each.value.account].id}"
}

# The group may run its nodes with their account, and with no other one.
resource "yandex_iam_service_account_iam_member" "lend" {
  service_account_id = yandex_iam_service_account.role["node"].id
  role               = "iam.serviceAccounts.user"
  member             = "serviceAccount:${yandex_iam_service_account.role["group"].id}"
}

resource "yandex_container_registry_iam_binding" "pull" {
  registry_id = yandex_container_registry.kinoteka.id
  role        = "container-registry.images.puller"
  members     = [for role in ["node", "monitoring"] : "serviceAccount:${yandex_iam_service_account.role[role].id}"]
}

resource "yandex_lockbox_secret_iam_member" "read" {
  for_each = {
    migration  = "node"
    service-a  = "node"
    service-b  = "node"
    watcher    = "monitoring"
    monitoring = "monitoring"
    webhooks   = "monitoring"
  }

  secret_id = merge(yandex_lockbox_secret.password, { webhooks = yandex_lockbox_secret.webhooks })[each.key].id
  role      = "lockbox.payloadViewer"
  member    = "serviceAccount:${yandex_iam_service_account.role[each.value].id}"
}

resource "yandex_kms_symmetric_key_iam_member" "decrypt" {
  for_each = toset(["node", "monitoring"])

  symmetric_key_id = yandex_kms_symmetric_key.secrets.id
  role             = "kms.keys.decrypter"
  member           = "serviceAccount:${yandex_iam_service_account.role[each.key].id}"
}

resource "yandex_cm_certificate_iam_member" "download" {
  for_each = yandex_cm_certificate.domain

  certificate_id = each.value.id
  role           = "certificate-manager.certificates.downloader"
  member         = "serviceAccount:${yandex_iam_service_account.role["node"].id}"
}
