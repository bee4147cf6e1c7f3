# A configuration for production, applied to a provider that invents what the cloud computes.

mock_provider "yandex" {
  source = "./tests/mocks"
}

variables {
  folder_id     = "b1g00000000000000000"
  domain        = "films.example.com"
  dns_zone_id   = "dns00000000000000000"
  token_issuer  = "https://issuer.example.com"
  token_jwks    = "https://issuer.example.com/jwks"
  alert_webhook = "https://alerts.example.com/kinoteka"
}

run "nothing_is_open_to_the_world_but_what_the_balancer_passes_on" {
  assert {
    condition = toset([
      for rule in flatten([for group in [yandex_vpc_security_group.nodes, yandex_vpc_security_group.monitoring, yandex_vpc_security_group.database] : tolist(group.ingress)]) :
      rule.port if contains(coalesce(rule.v4_cidr_blocks, []), "0.0.0.0/0")
    ]) == toset([8080, 8443])
    error_message = "Open to the world: more than 8080 and 8443, to which the balancer passes 80 and 443."
  }
}

run "the_balancer_listens_on_80_and_443_only" {
  assert {
    condition     = toset([for listener in yandex_lb_network_load_balancer.public.listener : "${listener.protocol} ${listener.port}"]) == toset(["tcp 80", "tcp 443"])
    error_message = "Listeners: ${join(", ", [for listener in yandex_lb_network_load_balancer.public.listener : "${listener.protocol} ${listener.port}"])}"
  }
}

run "the_balancer_asks_for_ping" {
  assert {
    condition     = one(one(one(yandex_lb_network_load_balancer.public.attached_target_group).healthcheck).http_options).path == "/ping"
    error_message = "The balancer's health check is not /ping."
  }
}

run "the_database_has_no_public_address" {
  assert {
    condition     = alltrue([for host in values(yandex_mdb_postgresql_cluster_v2.kinoteka.hosts) : host.assign_public_ip == false])
    error_message = "A host of the database has a public address."
  }
}

run "the_database_is_reached_by_the_nodes_and_its_watcher_only" {
  assert {
    condition = alltrue([
      for rule in yandex_vpc_security_group.database.ingress :
      length(coalesce(rule.v4_cidr_blocks, [])) == 0 && (
        rule.predefined_target == "self_security_group" ||
        (rule.port == 6432 && contains([yandex_vpc_security_group.nodes.id, yandex_vpc_security_group.monitoring.id], coalesce(rule.security_group_id, "none")))
      )
    ])
    error_message = "Somebody else reaches the database."
  }
}

run "the_database_is_in_three_zones_and_cannot_be_deleted_by_mistake" {
  assert {
    condition     = length(distinct([for host in values(yandex_mdb_postgresql_cluster_v2.kinoteka.hosts) : host.zone])) == 3
    error_message = "The hosts of the database are not in three zones."
  }

  assert {
    condition = alltrue([
      yandex_mdb_postgresql_cluster_v2.kinoteka.deletion_protection,
      yandex_mdb_postgresql_database.kinoteka.deletion_protection == "true",
      yandex_mdb_postgresql_user.owner.deletion_protection == "true",
      alltrue([for user in yandex_mdb_postgresql_user.login : user.deletion_protection == "true"]),
      yandex_compute_instance_group.nodes.deletion_protection,
      yandex_lb_network_load_balancer.public.deletion_protection,
      yandex_kms_symmetric_key.secrets.deletion_protection,
      alltrue([for secret in yandex_lockbox_secret.password : secret.deletion_protection]),
      yandex_lockbox_secret.webhooks.deletion_protection,
    ])
    error_message = "Something that production needs can be deleted by mistake."
  }
}

run "the_database_pools_sessions_and_knows_cyrillic_letters" {
  assert {
    condition     = yandex_mdb_postgresql_cluster_v2.kinoteka.config.pooler_config.pooling_mode == "SESSION"
    error_message = "LISTEN, cursors and prepared statements need session pooling."
  }

  assert {
    condition     = endswith(yandex_mdb_postgresql_database.kinoteka.lc_type, ".UTF-8")
    error_message = "lc_type: ${yandex_mdb_postgresql_database.kinoteka.lc_type} (expected: a UTF-8 one, for trigrams of Cyrillic)."
  }
}

run "no_password_is_in_a_variable_a_resource_or_user_data" {
  assert {
    condition = alltrue([
      for user in concat(values(yandex_mdb_postgresql_user.login), [yandex_mdb_postgresql_user.owner, yandex_mdb_postgresql_user.service, yandex_mdb_postgresql_user.watcher]) :
      user.password == null
    ])
    error_message = "A user of the database has its password in the state."
  }

  assert {
    condition     = alltrue([for version in yandex_lockbox_secret_version.password : length(version.entries) == 0])
    error_message = "A secret's version has its entries in the state."
  }

  assert {
    condition = alltrue([
      for name in flatten([for text in [local.node_user_data, local.monitoring_user_data, local.release] : regexall("(?m)^ *([A-Z_]+)=", text)]) :
      !can(regex("PASSWORD", name))
    ])
    error_message = "User data or the release contains a password."
  }
}

run "webhooks_are_secrets_and_not_in_the_metadata" {
  assert {
    condition     = !strcontains(nonsensitive(local.monitoring_user_data), "alerts.example.com")
    error_message = "Everybody who may see the machine can read an address to which alerts are sent."
  }

  assert {
    condition     = issensitive(var.alert_webhook) && issensitive(var.watchdog_webhook)
    error_message = "Terraform prints an address to which alerts are sent."
  }

  assert {
    condition = alltrue([
      for line in ["WEBHOOKS_SECRET_ID=${yandex_lockbox_secret.webhooks.id}", "WEBHOOKS=\"alert\"", "enable --now kinoteka-webhooks.timer"] :
      strcontains(local.monitoring_user_data, "${line}\n")
    ])
    error_message = "The monitoring node does not know where the addresses are."
  }
}

run "a_release_has_the_login_its_secret_and_the_version_of_the_secret" {
  assert {
    condition = alltrue([
      for line in [
        "DATABASE_USERNAME=kinoteka_a",
        "SECRET_ID=${yandex_lockbox_secret.password["service-a"].id}",
        "SECRET_VERSION_ID=${yandex_lockbox_secret_version.password["service-a"].id}",
        "MIGRATION_SECRET_ID=${yandex_lockbox_secret.password["migration"].id}",
        "MIGRATION_SECRET_VERSION_ID=${yandex_lockbox_secret_version.password["migration"].id}",
      ] : contains(split("\n", local.release), line)
    ])
    error_message = "The release is: ${local.release}"
  }
}

run "a_release_is_in_the_metadata_and_not_in_the_user_data_so_that_a_restart_suffices" {
  assert {
    condition = (
      yandex_compute_instance_group.nodes.instance_template[0].metadata["kinoteka-release"] == local.release &&
      !strcontains(local.node_user_data, "@sha256:")
    )
    error_message = "A new image would need a new machine."
  }

  assert {
    condition     = output.release.release == substr(sha256(local.release), 0, 12) && strcontains(local.node_user_data, output.release.machine_files)
    error_message = "The output does not have the hashes that nodes report."
  }
}

run "a_rotation_uses_the_other_login_and_changes_the_release_only" {
  variables {
    database_login = "b"
  }

  assert {
    condition = alltrue([
      for line in ["DATABASE_USERNAME=kinoteka_b", "SECRET_ID=${yandex_lockbox_secret.password["service-b"].id}"] :
      contains(split("\n", local.release), line)
    ])
    error_message = "Nodes would still log in as kinoteka_a: ${local.release}"
  }

  assert {
    condition     = output.release.machine_files == run.a_release_is_in_the_metadata_and_not_in_the_user_data_so_that_a_restart_suffices.release.machine_files
    error_message = "A rotation would create new machines."
  }
}

run "a_migration_has_another_user_than_the_service" {
  assert {
    condition = (
      yandex_mdb_postgresql_database.kinoteka.owner == "kinoteka" &&
      yandex_mdb_postgresql_user.service.login == false &&
      alltrue([for user in yandex_mdb_postgresql_user.login : user.grants == tolist(["kinoteka_service"])])
    )
    error_message = "The service has other privileges than those of kinoteka_service."
  }
}

run "all_users_fit_into_the_connections_of_the_database" {
  assert {
    condition = sum([
      for user in concat(values(yandex_mdb_postgresql_user.login), [yandex_mdb_postgresql_user.owner, yandex_mdb_postgresql_user.service, yandex_mdb_postgresql_user.watcher]) :
      user.conn_limit
    ]) <= local.connections
    error_message = "Managed PostgreSQL rejects users that together have more connections than it allows."
  }

  assert {
    condition     = (var.nodes.most + length(var.zones)) * (2 * local.pool_size + 9) <= local.login_connections
    error_message = "While nodes are replaced, the pools of all catalogues need more connections than a login may open."
  }
}

run "replicas_are_at_most_30_seconds_behind_because_of_a_reader" {
  assert {
    condition = (
      tonumber(yandex_mdb_postgresql_cluster_v2.kinoteka.config.postgresql_config["max_standby_streaming_delay"]) <= 30000 &&
      yandex_mdb_postgresql_cluster_v2.kinoteka.config.postgresql_config["hot_standby_feedback"] == "true"
    )
    error_message = "A statement may delay replay for minutes."
  }
}

run "the_connection_to_the_database_is_encrypted_and_its_certificate_is_verified" {
  assert {
    condition     = contains(split("\n", local.release), "DATABASE_TLS=verify-full")
    error_message = "The catalogue would trust any certificate."
  }
}

run "the_monitoring_node_is_in_another_zone_than_the_public_address" {
  assert {
    condition     = yandex_compute_instance.monitoring.zone != yandex_vpc_address.public.external_ipv4_address[0].zone_id
    error_message = "One zone has both, so that nobody would be told of its loss."
  }
}

run "grafana_comes_from_the_registry_of_the_nodes_with_the_same_digest" {
  assert {
    condition     = local.grafana_image == "cr.yandex/crp00000000000000000/grafana@${split("@", var.grafana_image)[1]}"
    error_message = "Grafana's image: ${local.grafana_image}"
  }
}

run "the_registry_is_not_emptied" {
  assert {
    condition     = length(terraform_data.empty_registry) == 0
    error_message = "A destroy that is rejected half-way would delete the images that nodes need."
  }
}

run "cores_of_the_monitoring_node_can_be_changed" {
  assert {
    condition     = yandex_compute_instance.monitoring.allow_stopping_for_update
    error_message = "The API changes the cores of a stopped machine only."
  }
}

run "all_quotas_that_the_plan_needs_are_listed" {
  assert {
    condition     = output.quotas["compute.instances.count"] == 12 && output.quotas["compute.instanceCores.count"] == 24 && output.quotas["mdb.cpu.count"] == 12
    error_message = "Quotas: ${jsonencode(output.quotas)}"
  }
}

run "every_subnet_has_egress" {
  assert {
    condition     = alltrue([for subnet in yandex_vpc_subnet.zone : subnet.route_table_id == yandex_vpc_route_table.egress.id])
    error_message = "A subnet has no way out: its machines could fetch nothing."
  }

  assert {
    condition     = one(yandex_vpc_route_table.egress.static_route).gateway_id == yandex_vpc_gateway.egress.id
    error_message = "The way out does not lead to the gateway."
  }
}

run "grafana_is_not_open_to_any_network" {
  assert {
    condition     = length(yandex_vpc_security_group.monitoring.ingress) == 0
    error_message = "The password of Grafana would cross the Internet without TLS."
  }
}

run "nodes_and_the_monitoring_node_have_no_public_address" {
  assert {
    condition     = !yandex_compute_instance_group.nodes.instance_template[0].network_interface[0].nat && !yandex_compute_instance.monitoring.network_interface[0].nat
    error_message = "A machine has a public address."
  }
}

run "ssh_is_closed" {
  assert {
    condition = alltrue([
      for rule in flatten([tolist(yandex_vpc_security_group.nodes.ingress), tolist(yandex_vpc_security_group.monitoring.ingress), tolist(yandex_vpc_security_group.monitoring.egress)]) : rule.port != 22
    ])
    error_message = "SSH is open though ssh_from is empty."
  }
}

run "two_nodes_are_in_every_zone_and_none_is_taken_before_another_serves" {
  assert {
    condition     = yandex_compute_instance_group.nodes.scale_policy[0].auto_scale[0].min_zone_size == 2
    error_message = "A zone has fewer than two nodes."
  }

  assert {
    condition     = yandex_compute_instance_group.nodes.deploy_policy[0].max_unavailable == 0 && yandex_compute_instance_group.nodes.deploy_policy[0].max_expansion > 0
    error_message = "A deployment takes a node away before there is another."
  }
}

run "the_group_grows_by_processor_and_by_requests" {
  assert {
    condition = (
      yandex_compute_instance_group.nodes.scale_policy[0].auto_scale[0].cpu_utilization_target > 0 &&
      yandex_compute_instance_group.nodes.scale_policy[0].auto_scale[0].custom_rule[0].metric_name == "requests_per_second"
    )
    error_message = "The group does not grow by both."
  }
}

run "no_token_is_given_over_the_metadata_interface_that_asks_for_no_header" {
  assert {
    condition = alltrue([
      yandex_compute_instance_group.nodes.instance_template[0].metadata_options[0].aws_v1_http_token == 2,
      yandex_compute_instance.monitoring.metadata_options[0].aws_v1_http_token == 2,
    ])
    error_message = "A request that a program was tricked into could fetch a token."
  }
}

run "images_are_run_by_their_digests" {
  assert {
    condition     = alltrue([for image in concat(values(local.images), [var.grafana_image]) : can(regex("@sha256:[0-9a-f]{64}$", image))])
    error_message = "Images: ${join(", ", values(local.images))}"
  }

  assert {
    condition     = alltrue([for service, image in local.images : strcontains(local.release, image)])
    error_message = "A node runs other images than those that were pushed."
  }
}

run "an_account_reads_the_secrets_of_its_machines_and_no_others" {
  assert {
    condition = alltrue([
      for secret, member in yandex_lockbox_secret_iam_member.read :
      member.member == "serviceAccount:${yandex_iam_service_account.role[contains(["watcher", "monitoring", "webhooks"], secret) ? "monitoring" : "node"].id}"
    ])
    error_message = "An account reads a secret of other machines."
  }

  assert {
    condition = alltrue([
      for member in yandex_resourcemanager_folder_iam_member.role :
      !contains(["admin", "editor", "viewer", "lockbox.payloadViewer", "container-registry.admin"], member.role)
    ])
    error_message = "An account has a right on the whole folder that it does not need."
  }
}

run "the_domain_leads_to_the_balancer_and_is_proved_by_dns" {
  assert {
    condition     = yandex_dns_recordset.domain["films.example.com"].data == toset(["203.0.113.7"])
    error_message = "The domain leads elsewhere."
  }

  assert {
    condition     = yandex_dns_recordset.challenge["films.example.com"].type == "CNAME"
    error_message = "The certificate's challenge is not answered."
  }
}

run "the_group_may_give_nodes_their_account_and_no_other" {
  assert {
    condition     = yandex_iam_service_account_iam_member.lend.service_account_id == yandex_iam_service_account.role["node"].id
    error_message = "The group may act as another account."
  }

  assert {
    condition     = !contains([for member in yandex_resourcemanager_folder_iam_member.role : member.role], "iam.serviceAccounts.user")
    error_message = "The group may act as any account of the folder."
  }
}
