resource "yandex_mdb_postgresql_cluster_v2" "kinoteka" {
  name                = var.name
  description         = "The film library."
  environment         = "PRODUCTION"
  network_id          = yandex_vpc_network.kinoteka.id
  security_group_ids  = [yandex_vpc_security_group.database.id]
  deletion_protection = var.production

  hosts = {
    for zone, subnet in yandex_vpc_subnet.zone : zone => {
      zone             = zone
      subnet_id        = subnet.id
      assign_public_ip = false
    }
  }

  config {
    version           = "18"
    postgresql_config = local.postgresql_config

    # What the catalogue keeps in a session: LISTEN for changes, prepared statements, cursors, Flyway's lock.
    pooler_config = {
      pooling_mode = "SESSION"
      pool_discard = true
    }

    backup_retain_period_days = var.database.backup_days
    backup_window_start       = { hours = 1, minutes = 30 } # UTC: night in Moscow

    # A full disk takes no writes: at 80 % it grows in the maintenance window, at 90 % at once.
    disk_size_autoscaling = {
      disk_size_limit           = var.database.disk_gb * 4
      planned_usage_threshold   = 80
      emergency_usage_threshold = 90
    }

    performance_diagnostics = {
      enabled                      = true
      sessions_sampling_interval   = 60
      statements_sampling_interval = 600
    }

    resources {
      resource_preset_id = var.database.preset
      disk_type_id       = "network-ssd"
      disk_size          = var.database.disk_gb
    }
  }

  maintenance_window = { type = "WEEKLY", day = "TUE", hour = 2 }
}

locals {
  postgresql_config = {
    # Network SSDs answer many reads at once.
    effective_io_concurrency = "200"

    # Statements take milliseconds: to compile one takes longer than to run it.
    jit = "false"

    # A list is a cursor in a transaction, idle between fetches, for five minutes at most. What idles longer holds up vacuum.
    idle_in_transaction_session_timeout = "360000"

    # Replicas let a list that is being read end before they replay what would break it.
    max_standby_streaming_delay = "300000"

    # What is slow, what waits, what does not fit into memory.
    log_min_duration_statement = "1000"
    log_lock_waits             = "true"
    log_temp_files             = "10485760"
  }

  # A catalogue opens 16 to the primary, 16 to a replica, 8 for long lists and one to listen; while the group replaces nodes there are more of them.
  catalogue_connections = (var.nodes.most + length(var.zones)) * 41
  watcher_connections   = 10

  # Managed PostgreSQL allows 200 for each core, or 200 in all where cores are shared (b…), and keeps 15 for itself.
  connections = (startswith(var.database.preset, "b") ? 1 : tonumber(regex("-c([0-9]+)-", var.database.preset)[0])) * 200 - 15
}

resource "yandex_mdb_postgresql_user" "kinoteka" {
  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "kinoteka"
  generate_password = true # nobody knows it: database_password sets the one that Lockbox made
  conn_limit        = local.catalogue_connections

  user_password_encryption = "USER_PASSWORD_ENCRYPTION_SCRAM_SHA_256"
  deletion_protection      = tostring(var.production)

  lifecycle {
    precondition {
      condition     = local.catalogue_connections + local.watcher_connections <= local.connections
      error_message = "nodes.most: ${var.nodes.most} (expected: fewer, or a larger database.preset: that many nodes open ${local.catalogue_connections} connections, and ${var.database.preset} allows ${local.connections})."
    }
  }
}

resource "yandex_mdb_postgresql_user" "watcher" {
  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "monitoring"
  generate_password = true
  conn_limit        = local.watcher_connections
  grants            = ["mdb_monitor"]

  user_password_encryption = "USER_PASSWORD_ENCRYPTION_SCRAM_SHA_256"

  permission {
    database_name = yandex_mdb_postgresql_database.kinoteka.name
  }
}

# The provider would keep a password in the state, or take one that somebody has to bring. So the password goes from Lockbox to
# the database without it, by the API and the operator's own token, and again whenever there is a new version.
resource "terraform_data" "database_password" {
  for_each = {
    kinoteka   = { user = yandex_mdb_postgresql_user.kinoteka.name, secret = "database" }
    monitoring = { user = yandex_mdb_postgresql_user.watcher.name, secret = "watcher" }
  }

  triggers_replace = [
    yandex_mdb_postgresql_cluster_v2.kinoteka.id,
    yandex_lockbox_secret_version.password[each.value.secret].id,
  ]

  provisioner "local-exec" {
    command = "${path.module}/set-database-password"
    environment = {
      CLUSTER_ID = yandex_mdb_postgresql_cluster_v2.kinoteka.id
      USER_NAME  = each.value.user
      SECRET_ID  = yandex_lockbox_secret.password[each.value.secret].id
    }
  }
}

resource "yandex_mdb_postgresql_database" "kinoteka" {
  cluster_id          = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name                = "kinoteka"
  owner               = yandex_mdb_postgresql_user.kinoteka.name
  deletion_protection = tostring(var.production)

  # Titles are found by parts of words in Russian, too: that takes a character type that knows its letters.
  lc_type    = "en_US.UTF-8"
  lc_collate = "C" # lists are in an order of their own

  extension {
    name = "pg_trgm"
  }

  extension {
    name = "pg_stat_statements"
  }
}

locals {
  database_hosts = [for host in yandex_mdb_postgresql_cluster_v2.kinoteka.hosts : "${host.fqdn}:6432"]
}
