# A trial on a budget, and what switches switch.

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
    condition     = length(yandex_cm_certificate.domain) == 0 && strcontains(local.node_user_data, "CERTIFICATE_ID=\n")
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
    condition     = strcontains(local.node_user_data, "HTTP3=true")
    error_message = "The gateways do not serve HTTP/3."
  }
}

run "operators_reach_grafana_from_where_they_said_and_nobody_else_does" {
  variables {
    operators_from = ["198.51.100.0/24"]
    ssh_from       = ["198.51.100.7/32"]
  }

  assert {
    condition = alltrue([
      for rule in yandex_vpc_security_group.monitoring.ingress :
      (rule.port == 3000 && rule.v4_cidr_blocks == tolist(["198.51.100.0/24"])) || (rule.port == 22 && rule.v4_cidr_blocks == tolist(["198.51.100.7/32"]))
    ])
    error_message = "Somebody else reaches the monitoring node."
  }

  assert {
    condition     = yandex_compute_instance.monitoring.network_interface[0].nat
    error_message = "Operators cannot reach the monitoring node."
  }
}
