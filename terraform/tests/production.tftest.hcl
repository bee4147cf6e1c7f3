# A production that is applied to a made-up cloud: what is there, and what is not.

mock_provider "yandex" {
  source = "./tests/mocks"
}

variables {
  folder_id    = "b1g00000000000000000"
  domain       = "films.example.com"
  dns_zone_id  = "dns00000000000000000"
  token_issuer = "https://issuer.example.com"
  token_jwks   = "https://issuer.example.com/jwks"
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
      yandex_mdb_postgresql_user.kinoteka.deletion_protection == "true",
      yandex_compute_instance_group.nodes.deletion_protection,
      yandex_lb_network_load_balancer.public.deletion_protection,
      yandex_kms_symmetric_key.secrets.deletion_protection,
      alltrue([for secret in yandex_lockbox_secret.password : secret.deletion_protection]),
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
    condition     = yandex_mdb_postgresql_user.kinoteka.password == null && yandex_mdb_postgresql_user.watcher.password == null
    error_message = "A user of the database has its password in the state."
  }

  assert {
    condition     = alltrue([for version in yandex_lockbox_secret_version.password : length(version.entries) == 0])
    error_message = "A secret's version has its entries in the state."
  }

  assert {
    condition = alltrue([
      for name in flatten([for text in [local.node_user_data, local.monitoring_user_data] : regexall("(?m)^ +([A-Z_]+)=", text)]) :
      !can(regex("PASSWORD", name))
    ])
    error_message = "User data sets a password."
  }
}

run "user_data_says_where_the_secret_is" {
  assert {
    condition     = strcontains(local.node_user_data, "SECRET_ID=${yandex_lockbox_secret.password["database"].id}\n")
    error_message = "The node does not know its secret."
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

run "nodes_and_the_monitoring_node_have_no_public_address" {
  assert {
    condition     = !yandex_compute_instance_group.nodes.instance_template[0].network_interface[0].nat && !yandex_compute_instance.monitoring.network_interface[0].nat
    error_message = "A machine has a public address."
  }
}

run "ssh_is_closed" {
  assert {
    condition = alltrue([
      for rule in flatten([tolist(yandex_vpc_security_group.nodes.ingress), tolist(yandex_vpc_security_group.monitoring.ingress)]) : rule.port != 22
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
    condition     = alltrue([for service, image in local.images : strcontains(local.node_user_data, image)])
    error_message = "A node runs other images than those that were pushed."
  }
}

run "the_node_account_reads_the_database_secret_and_no_other" {
  assert {
    condition     = yandex_lockbox_secret_iam_member.read["node"].secret_id == yandex_lockbox_secret.password["database"].id
    error_message = "The node reads another secret."
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

run "another_password_makes_other_nodes" {
  assert {
    condition     = contains(values(yandex_compute_instance_group.nodes.instance_template[0].labels), yandex_lockbox_secret_version.password["database"].id)
    error_message = "Nodes would go on with the old password."
  }
}
