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

    # A catalogue keeps these in a session: LISTEN for changes, prepared statements, cursors, Flyway's lock.
    pooler_config = {
      pooling_mode = "SESSION"
      pool_discard = true
    }

    backup_retain_period_days = var.database.backup_days
    backup_window_start       = { hours = 1, minutes = 30 } # UTC; night in Moscow

    # PostgreSQL cannot write to a full disk. It grows at 80 % in the maintenance window, at 90 % at once.
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
    # Network SSDs execute many reads at the same time.
    effective_io_concurrency = "200"

    # Statements take milliseconds, so that compiling one takes longer than running it.
    jit = "false"

    # A list is a cursor in a transaction, idle between fetches, for five minutes at most. What idles longer holds up vacuum.
    idle_in_transaction_session_timeout = "360000"

    # A replica delays replay for at most 30 s because of a statement that reads what replay removes, so that its rows are never older.
    # The primary keeps rows that statements on replicas still read, so that such a conflict is rare.
    max_standby_streaming_delay = "30000"
    hot_standby_feedback        = "true"

    # Slow statements, waits for locks, and sorts that do not fit into memory.
    log_min_duration_statement = "1000"
    log_lock_waits             = "true"
    log_temp_files             = "10485760"
  }
}

resource "yandex_mdb_postgresql_database" "kinoteka" {
  cluster_id          = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name                = "kinoteka"
  owner               = yandex_mdb_postgresql_user.owner.name
  deletion_protection = tostring(var.production)

  # The search for parts of Russian words needs a character type that contains Cyrillic letters.
  lc_type    = "en_US.UTF-8"
  lc_collate = "C" # lists have their own order

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
