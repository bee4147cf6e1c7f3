# Metrics, and what people made in Grafana: it outlives the machine.
resource "yandex_compute_disk" "monitoring" {
  name = "${var.name}-monitoring"
  zone = var.zones[0]
  type = "network-ssd"
  size = 30
}

resource "terraform_data" "monitoring_user_data" {
  input = sha256(local.monitoring_user_data)
}

resource "yandex_compute_instance" "monitoring" {
  name               = "${var.name}-monitoring"
  hostname           = "${var.name}-monitoring"
  zone               = var.zones[0]
  platform_id        = "standard-v3"
  service_account_id = yandex_iam_service_account.role["monitoring"].id

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

  # An address of its own only where operators are let in, and then by its security group for them alone.
  network_interface {
    subnet_id          = yandex_vpc_subnet.zone[var.zones[0]].id
    security_group_ids = [yandex_vpc_security_group.monitoring.id]
    nat                = length(var.operators_from) + length(var.ssh_from) > 0
  }

  metadata = { user-data = local.monitoring_user_data }

  metadata_options {
    gce_http_endpoint    = 1
    gce_http_token       = 1
    aws_v1_http_endpoint = 1
    aws_v1_http_token    = 2
  }

  lifecycle {
    # User data is read at the first boot only: other rules or dashboards make another machine, with the same disk of data. A newer
    # image of Debian does not; its packages are kept up to date.
    replace_triggered_by = [terraform_data.monitoring_user_data]
    ignore_changes       = [boot_disk[0].initialize_params[0].image_id]
  }

  depends_on = [
    terraform_data.database_password,
    yandex_resourcemanager_folder_iam_member.role,
    yandex_lockbox_secret_iam_member.read,
    yandex_lockbox_secret_iam_member.read_watcher,
    yandex_kms_symmetric_key_iam_member.decrypt,
  ]
}

locals {
  monitoring_user_data = templatefile("${path.module}/../cloud-init/monitoring.yaml.tftpl", {
    folder            = "${path.module}/../cloud-init"
    monitoring        = "${path.module}/../monitoring"
    grafana_secret_id = yandex_lockbox_secret.password["monitoring"].id
    watcher_secret_id = yandex_lockbox_secret.password["watcher"].id
    grafana_image     = var.grafana_image
    instance_group_id = yandex_compute_instance_group.nodes.id
    folder_id         = var.folder_id
    log_group_id      = yandex_logging_group.kinoteka.id
    database_hosts    = local.database_hosts
    database_name     = yandex_mdb_postgresql_database.kinoteka.name
    alert_webhook     = var.alert_webhook
    ssh_keys          = var.ssh_keys
  })
}
