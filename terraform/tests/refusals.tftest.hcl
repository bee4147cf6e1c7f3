# The plan rejects variables with wrong values, with a message that says what is expected.

mock_provider "yandex" {
  source = "./tests/mocks"
}

variables {
  folder_id    = "b1g00000000000000000"
  token_issuer = "https://issuer.example.com"
  token_jwks   = "https://issuer.example.com/jwks"

  alert_webhook = "https://alerts.example.com/kinoteka"
}

run "one_zone_in_production_is_refused" {
  command = plan

  variables {
    zones = ["ru-central1-a"]
  }

  expect_failures = [var.zones]
}

run "a_zone_twice_is_refused" {
  command = plan

  variables {
    zones = ["ru-central1-a", "ru-central1-b", "ru-central1-a"]
  }

  expect_failures = [var.zones]
}

run "one_node_in_a_zone_in_production_is_refused" {
  command = plan

  variables {
    nodes = { in_zone = 1 }
  }

  expect_failures = [var.nodes]
}

run "fewer_nodes_in_all_than_in_the_zones_together_is_refused" {
  command = plan

  variables {
    nodes = { in_zone = 2, most = 5 }
  }

  expect_failures = [var.nodes]
}

run "a_disk_smaller_than_the_library_is_refused" {
  command = plan

  variables {
    database = { disk_gb = 10 }
  }

  expect_failures = [var.database]
}

run "a_domain_without_a_zone_of_dns_is_refused" {
  command = plan

  variables {
    domain = "films.example.com"
  }

  expect_failures = [var.domain]
}

run "ssh_from_the_whole_world_is_refused" {
  command = plan

  variables {
    ssh_from = ["0.0.0.0/0"]
  }

  expect_failures = [var.ssh_from]
}

run "ssh_from_half_of_the_world_is_refused" {
  command = plan

  variables {
    ssh_from = ["0.0.0.0/1", "128.0.0.0/1"]
  }

  expect_failures = [var.ssh_from]
}

run "an_image_without_a_digest_is_refused" {
  command = plan

  variables {
    grafana_image = "grafana/grafana:latest"
  }

  expect_failures = [var.grafana_image]
}

run "an_issuer_whose_keys_anybody_could_change_is_refused" {
  command = plan

  variables {
    token_jwks = "http://issuer.example.com/jwks"
  }

  expect_failures = [var.token_jwks]
}

run "backups_for_a_day_are_refused" {
  command = plan

  variables {
    database = { backup_days = 1 }
  }

  expect_failures = [var.database]
}

run "more_nodes_than_the_database_has_connections_for_is_refused" {
  command = plan

  variables {
    nodes = { most = 40 }
  }

  expect_failures = [yandex_mdb_postgresql_user.login]
}

run "a_database_of_no_known_class_is_refused" {
  command = plan

  variables {
    database = { preset = "large" }
  }

  expect_failures = [var.database]
}

run "a_private_key_for_ssh_is_refused" {
  command = plan

  variables {
    ssh_keys = ["-----BEGIN OPENSSH PRIVATE KEY-----"]
  }

  expect_failures = [var.ssh_keys]
}

run "a_webhook_that_machines_cannot_reach_is_refused" {
  command = plan

  variables {
    alert_webhook = "https://alerts.example.com:8443/"
  }

  expect_failures = [var.alert_webhook]
}

run "production_without_a_receiver_of_alerts_is_refused" {
  command = plan

  variables {
    alert_webhook = ""
  }

  expect_failures = [var.alert_webhook]
}

run "a_watchdog_that_machines_cannot_reach_is_refused" {
  command = plan

  variables {
    watchdog_webhook = "http://watchdog.example.com/"
  }

  expect_failures = [var.watchdog_webhook]
}

run "a_login_of_the_database_that_does_not_exist_is_refused" {
  command = plan

  variables {
    database_login = "c"
  }

  expect_failures = [var.database_login]
}

run "ssh_without_a_key_is_refused" {
  command = plan

  variables {
    ssh_from = ["198.51.100.7/32"]
  }

  expect_failures = [var.ssh_from]
}

run "a_hash_of_the_database_authority_that_is_none_is_refused" {
  command = plan

  variables {
    database_ca_sha256 = "unknown"
  }

  expect_failures = [var.database_ca_sha256]
}
