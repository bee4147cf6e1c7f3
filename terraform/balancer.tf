resource "yandex_vpc_address" "public" {
  name                = var.name
  deletion_protection = var.production

  external_ipv4_address {
    zone_id = var.zones[0]
  }
}

resource "yandex_lb_network_load_balancer" "public" {
  name                = var.name
  type                = "external"
  deletion_protection = var.production

  dynamic "listener" {
    for_each = merge(
      {
        http  = { port = 80, target_port = 8080, protocol = "tcp" }
        https = { port = 443, target_port = 8443, protocol = "tcp" }
      },
      var.http3 ? { http3 = { port = 443, target_port = 8443, protocol = "udp" } } : {},
    )
    content {
      name        = listener.key
      port        = listener.value.port
      target_port = listener.value.target_port
      protocol    = listener.value.protocol

      external_address_spec {
        address    = local.public_address
        ip_version = "ipv4"
      }
    }
  }

  attached_target_group {
    target_group_id = yandex_compute_instance_group.nodes.load_balancer[0].target_group_id

    # A gateway that shuts down responds with 503 for 10 s, twice as long as two failed checks take. UDP has no health check of its own: the
    # balancer sends HTTP/3 to the nodes that pass this one.
    healthcheck {
      name                = "ping"
      interval            = 2
      timeout             = 1
      healthy_threshold   = 2
      unhealthy_threshold = 2

      http_options {
        path = "/ping"
        port = 8080
      }
    }
  }
}

locals {
  public_address = yandex_vpc_address.public.external_ipv4_address[0].address
  public_host    = var.domain == "" ? local.public_address : var.domain
}
