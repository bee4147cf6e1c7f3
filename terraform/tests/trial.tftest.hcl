# A trial, and the variables that add something to it.

mock_provider "yandex" {
  source = "./tests/mocks"
}

variables {
  folder_id    = "b1g00000000000000000"
  production   = false
  zones        = ["ru-central1-a"]
  nodes        = { in_zone = 1, most = 2 }
  token_issuer = "https://issuer.example.com"
  token_jwks   = "https://issuer.example.com/jwks"
}

run "a_trial_is_one_node_and_one_host_and_can_be_deleted" {
  assert {
    condition     = yandex_compute_instance_group.nodes.scale_policy[0].auto_scale[0].initial_size == 1 && length(yandex_mdb_postgresql_cluster_v2.kinoteka.hosts) == 1
    error_message = "A trial is more than it was asked to be."
  }

  assert {
    condition     = !yandex_mdb_postgresql_cluster_v2.kinoteka.deletion_protection && !yandex_compute_instance_group.nodes.deletion_protection
    error_message = "A trial cannot be destroyed."
  }
}

run "without_a_domain_nodes_make_their_certificate" {
  assert {
    condition     = length(yandex_cm_certificate.domain) == 0 && endswith(local.release, "CERTIFICATE_ID=")
    error_message = "There is a certificate without a domain."
  }
}

run "http3_adds_a_listener_for_udp_and_opens_it" {
  variables {
    http3 = true
  }

  assert {
    condition     = contains([for listener in yandex_lb_network_load_balancer.public.listener : "${listener.protocol} ${listener.port}"], "udp 443")
    error_message = "There is no listener for UDP 443."
  }

  assert {
    condition     = anytrue([for rule in yandex_vpc_security_group.nodes.ingress : rule.protocol == "UDP" && rule.port == 8443])
    error_message = "UDP is not open on the nodes."
  }

  assert {
    condition     = contains(split("\n", local.release), "HTTP3=true") && contains(split("\n", local.release), "HTTP3_PUBLIC_PORT=443")
    error_message = "The gateways do not serve HTTP/3."
  }
}

run "the_listener_for_udp_is_served_by_the_nodes_that_pass_the_health_check" {
  variables {
    http3 = true
  }

  assert {
    condition = (
      one(yandex_lb_network_load_balancer.public.attached_target_group).target_group_id == yandex_compute_instance_group.nodes.load_balancer[0].target_group_id &&
      one([for listener in yandex_lb_network_load_balancer.public.listener : listener.target_port if listener.protocol == "udp"]) == 8443
    )
    error_message = "The listener for UDP leads elsewhere."
  }
}

run "the_registry_of_a_trial_is_emptied_before_it_is_destroyed" {
  assert {
    condition     = terraform_data.empty_registry["registry"].input.registry == yandex_container_registry.kinoteka.id
    error_message = "A destroy fails, because the registry contains images."
  }
}

run "operators_come_in_through_the_monitoring_node_and_nobody_else_does" {
  variables {
    ssh_from = ["198.51.100.7/32"]
    ssh_keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA operator"]
  }

  assert {
    condition = alltrue([
      for rule in yandex_vpc_security_group.nodes.ingress :
      rule.port != 22 || (rule.security_group_id == yandex_vpc_security_group.monitoring.id && length(coalesce(rule.v4_cidr_blocks, [])) == 0)
    ])
    error_message = "Somebody else reaches SSH of the nodes."
  }

  assert {
    condition     = anytrue([for rule in yandex_vpc_security_group.nodes.ingress : rule.port == 22]) && anytrue([for rule in yandex_vpc_security_group.monitoring.egress : rule.port == 22])
    error_message = "The monitoring node does not reach SSH of the nodes."
  }

  assert {
    condition     = alltrue([for rule in yandex_vpc_security_group.monitoring.ingress : rule.port == 22 && rule.v4_cidr_blocks == tolist(["198.51.100.7/32"])])
    error_message = "Somebody else reaches the monitoring node."
  }

  assert {
    condition     = yandex_compute_instance.monitoring.network_interface[0].nat
    error_message = "Operators cannot reach the monitoring node."
  }
}

run "grafana_is_reached_by_ssh" {
  variables {
    ssh_from = ["198.51.100.7/32"]
    ssh_keys = ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA operator"]
  }

  assert {
    condition     = startswith(output.grafana, "ssh -N -L 3000:localhost:3000 oncall@")
    error_message = "Grafana: ${output.grafana}"
  }
}

run "without_webhooks_none_is_fetched" {
  assert {
    condition     = length(terraform_data.webhooks) == 0 && !strcontains(local.monitoring_user_data, "enable --now kinoteka-webhooks.timer")
    error_message = "The monitoring node would wait for addresses that do not exist."
  }
}
