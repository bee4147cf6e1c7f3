# Metrics, and the dashboards that people created. The disk remains when the machine is replaced.
resource "yandex_compute_disk" "monitoring" {
  name = "${var.name}-monitoring"
  zone = local.monitoring_zone
  type = "network-ssd"
  size = 30
}

resource "terraform_data" "monitoring_user_data" {
  input = sha256(local.monitoring_user_data)
}

resource "yandex_compute_instance" "monitoring" {
  name               = "${var.name}-monitoring"
  hostname           = "${var.name}-monitoring"
  zone               = local.monitoring_zone
  platform_id        = "standard-v3"
  service_account_id = yandex_iam_service_account.role["monitoring"].id

  # The API changes the cores of a stopped machine only.
  allow_stopping_for_update = true

  resources {
    cores         = 2
    memory        = 4
    core_fraction = var.production ? 100 : 20
  }

  boot_disk {
    initialize_params {
      image_id = data.yandex_compute_image.debian.id
      type     = "network-ssd"
      size     = 20
    }
  }

  secondary_disk {
    disk_id     = yandex_compute_disk.monitoring.id
    device_name = "data"
  }

  # It has a public address only if operators log in, and its security group lets in nobody else.
  network_interface {
    subnet_id          = yandex_vpc_subnet.zone[local.monitoring_zone].id
    security_group_ids = [yandex_vpc_security_group.monitoring.id]
    nat                = length(var.ssh_from) > 0
  }

  metadata = { user-data = local.monitoring_user_data }

  metadata_options {
    gce_http_endpoint    = 1
    gce_http_token       = 1
    aws_v1_http_endpoint = 1
    aws_v1_http_token    = 2
  }

  lifecycle {
    # User data is read at the first boot only, so that other rules or dashboards need another machine, with the same disk of data. A newer
    # image of Debian does not replace it, because its packages are kept up to date.
    replace_triggered_by = [terraform_data.monitoring_user_data]
    ignore_changes       = [boot_disk[0].initialize_params[0].image_id]
  }

  depends_on = [
    terraform_data.database_password,
    terraform_data.webhooks,
    yandex_resourcemanager_folder_iam_member.role,
    terraform_data.grafana,
    yandex_container_registry_iam_binding.pull,
    yandex_lockbox_secret_iam_member.read,
    yandex_kms_symmetric_key_iam_member.decrypt,
  ]
}

locals {
  # Another zone than that of the public address, so that somebody is told when that zone is lost.
  monitoring_zone = var.zones[length(var.zones) > 1 ? 1 : 0]

  monitoring_user_data = templatefile("${path.module}/../cloud-init/monitoring.yaml.tftpl", {
    folder                     = "${path.module}/../cloud-init"
    monitoring                 = "${path.module}/../monitoring"
    name                       = "${var.name}-monitoring"
    zone                       = local.monitoring_zone
    grafana_secret_id          = yandex_lockbox_secret.password["monitoring"].id
    watcher_secret_id          = yandex_lockbox_secret.password["watcher"].id
    registry                   = local.registry_host
    grafana_image              = local.grafana_image
    instance_group_id          = yandex_compute_instance_group.nodes.id
    folder_id                  = var.folder_id
    log_group_id               = yandex_logging_group.kinoteka.id
    databases                  = [for host in yandex_mdb_postgresql_cluster_v2.kinoteka.hosts : { host = host.fqdn, port = 6432, zone = host.zone }]
    database_name              = yandex_mdb_postgresql_database.kinoteka.name
    database_ca_sha256         = var.database_ca_sha256
    cluster_id                 = yandex_mdb_postgresql_cluster_v2.kinoteka.id
    public_host                = local.public_host
    public_certificate_trusted = var.domain != ""
    webhooks_secret_id         = yandex_lockbox_secret.webhooks.id
    webhooks                   = keys(local.webhooks)
    ssh_keys                   = var.ssh_keys
  })
}
