# A service account for each role, with the rights that it needs; rights on one thing rather than on the folder where there are such.

resource "yandex_iam_service_account" "role" {
  for_each = {
    group      = "Makes and replaces the nodes."
    node       = "What a node may: pull its images, read its secret and its certificate, write logs and metrics."
    monitoring = "What the monitoring node may: see which nodes there are, read its secret, write logs."
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
    "group monitoring.viewer"       = { account = "group", role = "monitoring.viewer" } # it scales by our metric
    "node monitoring.editor"        = { account = "node", role = "monitoring.editor" }
    "node logging.writer"           = { account = "node", role = "logging.writer" }
    "monitoring compute.viewer"     = { account = "monitoring", role = "compute.viewer" }
    "monitoring logging.writer"     = { account = "monitoring", role = "logging.writer" }
  }

  folder_id = var.folder_id
  role      = each.value.role
  member    = "serviceAccount:${yandex_iam_service_account.role[each.value.account].id}"
}

# It may give its nodes their account, and no other.
resource "yandex_iam_service_account_iam_member" "lend" {
  service_account_id = yandex_iam_service_account.role["node"].id
  role               = "iam.serviceAccounts.user"
  member             = "serviceAccount:${yandex_iam_service_account.role["group"].id}"
}

resource "yandex_container_registry_iam_binding" "pull" {
  registry_id = yandex_container_registry.kinoteka.id
  role        = "container-registry.images.puller"
  members     = ["serviceAccount:${yandex_iam_service_account.role["node"].id}"]
}

resource "yandex_lockbox_secret_iam_member" "read" {
  for_each = { node = "database", monitoring = "monitoring" }

  secret_id = yandex_lockbox_secret.password[each.value].id
  role      = "lockbox.payloadViewer"
  member    = "serviceAccount:${yandex_iam_service_account.role[each.key].id}"
}

resource "yandex_lockbox_secret_iam_member" "read_watcher" {
  secret_id = yandex_lockbox_secret.password["watcher"].id
  role      = "lockbox.payloadViewer"
  member    = "serviceAccount:${yandex_iam_service_account.role["monitoring"].id}"
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
