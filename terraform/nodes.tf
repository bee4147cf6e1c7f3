data "yandex_compute_image" "debian" {
  family = var.image_family
}

resource "yandex_compute_instance_group" "nodes" {
  name                = "${var.name}-nodes"
  service_account_id  = yandex_iam_service_account.role["group"].id
  deletion_protection = var.production
  labels              = { machine-files = local.machine_files }

  instance_template {
    name               = "${var.name}-{instance.zone_id}-{instance.short_id}"
    platform_id        = "standard-v3"
    service_account_id = yandex_iam_service_account.role["node"].id

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

    # A change restarts the nodes one after the other. They read the release at each start, and user data at the first one only.
    metadata = {
      user-data        = local.node_user_data
      kinoteka-release = local.release
    }

    # 1 is on, 2 is off. The interface that needs no header gives no tokens.
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

  # A new node serves before an old one is stopped, which then completes its requests.
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

      # Written by kinoteka-load on each node, because a catalogue that waits for its database has little CPU usage and still too many requests.
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

  # A node that does not serve for two minutes is replaced: a restart of its services, by kinoteka-heal or by hand, takes less. The load balancer
  # checks more often, and only stops sending requests to it.
  health_check {
    interval            = 5
    timeout             = 2
    healthy_threshold   = 2
    unhealthy_threshold = 24

    http_options {
      path = "/ping"
      port = 8080
    }
  }

  # From its creation until it serves, including packages, images and the first migration.
  max_checking_health_duration = 900

  load_balancer {
    target_group_name            = "${var.name}-nodes"
    max_opening_traffic_duration = 300
  }

  lifecycle {
    # api/roll-machines changes the label when it has replaced the machines.
    ignore_changes = [labels]

    precondition {
      condition = alltrue([
        for line in split("\n", local.release) : startswith(line, "#") || can(regex("^[A-Z][A-Z0-9_]*=[^\\s'\"$\\\\]*$", line))
      ])
      error_message = "A value of the release contains spaces, quotes, $ or \\, which nodes reject (token_issuer, token_jwks and domain are part of it)."
    }
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

# Running nodes keep their files when user data changes, so that the group replaces them by new nodes, one after the other.
resource "terraform_data" "machine_files" {
  triggers_replace = [local.machine_files]

  provisioner "local-exec" {
    command = "${path.module}/api/roll-machines ${yandex_compute_instance_group.nodes.id} ${local.machine_files}"
  }
}

locals {
  # Half for each service; the rest is for the machine.
  service_memory_mb = floor((var.nodes.memory * 1024 - 768) / 2)

  # No newline at the end: the metadata service would keep it, and the nodes compute the hash without it.
  release = trimspace(templatefile("${path.module}/../cloud-init/release.env.tftpl", {
    gateway_image               = local.images["gateway"]
    catalog_image               = local.images["catalog-service"]
    seeder_image                = local.images["seeder"]
    registry                    = local.registry_host
    gateway_memory_mb           = local.service_memory_mb
    catalog_memory_mb           = local.service_memory_mb
    database_hosts              = local.database_hosts
    database_name               = yandex_mdb_postgresql_database.kinoteka.name
    database_pool_size          = local.pool_size
    database_username           = yandex_mdb_postgresql_user.login[var.database_login].name
    secret_id                   = yandex_lockbox_secret.password[local.logins[var.database_login]].id
    secret_version_id           = yandex_lockbox_secret_version.password[local.logins[var.database_login]].id
    migration_username          = yandex_mdb_postgresql_user.owner.name
    migration_secret_id         = yandex_lockbox_secret.password["migration"].id
    migration_secret_version_id = yandex_lockbox_secret_version.password["migration"].id
    service_role                = yandex_mdb_postgresql_user.service.name
    database_ca_sha256          = var.database_ca_sha256
    token_issuer                = var.token_issuer
    token_jwks                  = var.token_jwks
    domain                      = var.domain
    http3                       = var.http3
    certificate_id              = join("", [for certificate in data.yandex_cm_certificate.issued : certificate.id])
  }))

  node_files = {
    folder       = "${path.module}/../cloud-init"
    folder_id    = var.folder_id
    log_group_id = yandex_logging_group.kinoteka.id
    ssh_keys     = var.ssh_keys
  }
  node_template  = "${path.module}/../cloud-init/node.yaml.tftpl"
  machine_files  = substr(sha256(templatefile(local.node_template, merge(local.node_files, { machine_files = "" }))), 0, 12)
  node_user_data = templatefile(local.node_template, merge(local.node_files, { machine_files = local.machine_files }))
}
