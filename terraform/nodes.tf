data "yandex_compute_image" "debian" {
  family = var.image_family
}

resource "yandex_compute_instance_group" "nodes" {
  name                = "${var.name}-nodes"
  service_account_id  = yandex_iam_service_account.role["group"].id
  deletion_protection = var.production

  instance_template {
    name               = "${var.name}-{instance.zone_id}-{instance.short_id}"
    platform_id        = "standard-v3"
    service_account_id = yandex_iam_service_account.role["node"].id

    # Nodes read the password when they boot: another one makes other nodes, one after the other.
    labels = { password = yandex_lockbox_secret_version.password["database"].id }

    resources {
      cores  = var.nodes.cores
      memory = var.nodes.memory
    }

    boot_disk {
      initialize_params {
        image_id = data.yandex_compute_image.debian.id
        type     = "network-ssd"
        size     = 20
      }
    }

    network_interface {
      network_id         = yandex_vpc_network.kinoteka.id
      subnet_ids         = [for subnet in yandex_vpc_subnet.zone : subnet.id]
      security_group_ids = [yandex_vpc_security_group.nodes.id]
      nat                = false
    }

    metadata = { user-data = local.node_user_data }

    # 1 is on, 2 is off: no tokens over the interface that asks for no header.
    metadata_options {
      gce_http_endpoint    = 1
      gce_http_token       = 1
      aws_v1_http_endpoint = 1
      aws_v1_http_token    = 2
    }
  }

  allocation_policy {
    zones = var.zones
  }

  # First another one that serves, then an old one less: a node that goes drains, and the balancer has others by then.
  deploy_policy {
    max_unavailable  = 0
    max_expansion    = length(var.zones)
    max_creating     = length(var.zones)
    max_deleting     = 1
    startup_duration = 30
    strategy         = "proactive"
  }

  scale_policy {
    auto_scale {
      auto_scale_type        = "ZONAL"
      initial_size           = var.nodes.in_zone * length(var.zones)
      min_zone_size          = var.nodes.in_zone
      max_size               = var.nodes.most
      cpu_utilization_target = 60
      measurement_duration   = 60
      warmup_duration        = 120
      stabilization_duration = 300

      # What cloud-init's kinoteka-load tells: a catalogue that waits for its database is not busy, and yet has too much to do.
      custom_rule {
        rule_type   = "UTILIZATION"
        metric_type = "GAUGE"
        metric_name = "requests_per_second"
        service     = "custom"
        folder_id   = var.folder_id
        target      = var.requests_per_second
      }
    }
  }

  # A node that does not serve for half a minute is made anew. The balancer looks more often, and only passes it by.
  health_check {
    interval            = 5
    timeout             = 2
    healthy_threshold   = 2
    unhealthy_threshold = 6

    http_options {
      path = "/ping"
      port = 8080
    }
  }

  # From its creation until it serves: packages, images, the first migration.
  max_checking_health_duration = 900

  load_balancer {
    target_group_name            = "${var.name}-nodes"
    max_opening_traffic_duration = 300
  }

  depends_on = [
    terraform_data.push,
    terraform_data.database_password,
    yandex_mdb_postgresql_database.kinoteka,
    yandex_resourcemanager_folder_iam_member.role,
    yandex_iam_service_account_iam_member.lend,
    yandex_container_registry_iam_binding.pull,
    yandex_lockbox_secret_iam_member.read,
    yandex_kms_symmetric_key_iam_member.decrypt,
    yandex_cm_certificate_iam_member.download,
  ]
}

locals {
  # Half for each service; what is left is the machine's.
  service_memory_mb = floor((var.nodes.memory * 1024 - 768) / 2)

  node_user_data = templatefile("${path.module}/../cloud-init/node.yaml.tftpl", {
    folder            = "${path.module}/../cloud-init"
    gateway_image     = local.images["gateway"]
    catalog_image     = local.images["catalog-service"]
    seeder_image      = local.images["seeder"]
    registry          = "cr.yandex"
    secret_id         = yandex_lockbox_secret.password["database"].id
    secret_entry      = "password"
    database_hosts    = local.database_hosts
    database_name     = yandex_mdb_postgresql_database.kinoteka.name
    database_username = yandex_mdb_postgresql_user.kinoteka.name
    token_issuer      = var.token_issuer
    token_jwks        = var.token_jwks
    domain            = var.domain
    http3             = var.http3
    certificate_id    = join("", [for certificate in data.yandex_cm_certificate.issued : certificate.id])
    log_group_id      = yandex_logging_group.kinoteka.id
    folder_id         = var.folder_id
    gateway_memory_mb = local.service_memory_mb
    catalog_memory_mb = local.service_memory_mb
    ssh_keys          = var.ssh_keys
  })
}
