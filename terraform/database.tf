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
    version           = "17"
    postgresql_config = local.postgresql_config

    # What the catalogue keeps in a session: LISTEN for changes, prepared statements, cursors, Flyway's lock.
    pooler_config = {
      pooling_mode = "SESSION"
      pool_discard = true
    }

    backup_retain_period_days = var.database.backup_days
    backup_window_start       = { hours = 1, minutes = 30 } # UTC: night in Moscow

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
    # Each catalogue holds 16 connections to the primary and 16 to a replica at most, and one to listen: with 12 nodes 396,
    # never all at once on one host.
    max_connections = "400"

    # A list of 100,000 sessions is read by index; nothing here is on a disk that turns.
    random_page_cost         = "1.1"
    effective_io_concurrency = "200"

    # A statement of a request is answered or given up within seconds; the catalogue says so itself, this is for the rest.
    idle_in_transaction_session_timeout = "60000"

    # Replicas answer reads of cursors that last minutes: replay waits for them as long as the catalogue lets a list take.
    max_standby_streaming_delay = "300000"

    # Sessions grow by the million: vacuum and statistics before a fifth of the table has changed.
    autovacuum_vacuum_scale_factor  = "0.02"
    autovacuum_analyze_scale_factor = "0.01"

    # What is slow is written down, with what it waited for.
    log_min_duration_statement = "1000"
    log_lock_waits             = "true"
    log_temp_files             = "10240"
  }
}

resource "yandex_mdb_postgresql_user" "kinoteka" {
  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "kinoteka"
  generate_password = true # nobody knows it: database_password sets the one that Lockbox made
  conn_limit        = 350

  user_password_encryption = "USER_PASSWORD_ENCRYPTION_SCRAM_SHA_256"
  deletion_protection      = tostring(var.production)
}

resource "yandex_mdb_postgresql_user" "watcher" {
  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "monitoring"
  generate_password = true
  conn_limit        = 10
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
