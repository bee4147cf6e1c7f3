# All connections that are allowed. There are no others.

locals {
  world = ["0.0.0.0/0"]

  # The balancer keeps the addresses of the clients, so that the nodes must accept connections from everywhere.
  public_ports = merge(
    { http = { protocol = "TCP", port = 8080 }, https = { protocol = "TCP", port = 8443 } },
    var.http3 ? { http3 = { protocol = "UDP", port = 8443 } } : {},
  )

  # Ports from which the monitoring node reads metrics.
  watched_ports = { gateway = 9090, catalogue = 9091, machine = 9100 }

  ssh = length(var.ssh_from) == 0 ? [] : [var.ssh_from]
}

# Nodes run the catalogue beside the gateway. Of all groups, only this one and the monitoring node's reach the database.
resource "yandex_vpc_security_group" "nodes" {
  name        = "${var.name}-nodes"
  description = "Gateway and catalogue."
  network_id  = yandex_vpc_network.kinoteka.id

  dynamic "ingress" {
    for_each = local.public_ports
    content {
      description    = "clients: ${ingress.key}"
      protocol       = ingress.value.protocol
      port           = ingress.value.port
      v4_cidr_blocks = local.world
    }
  }

  ingress {
    description       = "the balancer's and the group's health checks"
    protocol          = "TCP"
    port              = 8080
    predefined_target = "loadbalancer_healthchecks"
  }

  dynamic "ingress" {
    for_each = local.watched_ports
    content {
      description       = "metrics: ${ingress.key}"
      protocol          = "TCP"
      port              = ingress.value
      security_group_id = yandex_vpc_security_group.monitoring.id
    }
  }

  # Operators log in through the monitoring node, because nodes have no public address.
  dynamic "ingress" {
    for_each = local.ssh
    content {
      description       = "operators"
      protocol          = "TCP"
      port              = 22
      security_group_id = yandex_vpc_security_group.monitoring.id
    }
  }

  egress {
    description    = "packages, images, secrets, metrics, logs, the issuer's keys"
    protocol       = "TCP"
    port           = 443
    v4_cidr_blocks = local.world
  }

  egress {
    description    = "the database"
    protocol       = "TCP"
    port           = 6432
    v4_cidr_blocks = local.subnets
  }

  dynamic "egress" {
    for_each = local.machines_own
    content {
      description    = egress.key
      protocol       = egress.value.protocol
      port           = egress.value.port
      v4_cidr_blocks = egress.value.networks
    }
  }
}

resource "yandex_vpc_security_group" "monitoring" {
  name        = "${var.name}-monitoring"
  description = "Prometheus, Alertmanager, Grafana."
  network_id  = yandex_vpc_network.kinoteka.id

  # Grafana, too, is reached through SSH.
  dynamic "ingress" {
    for_each = local.ssh
    content {
      description    = "operators"
      protocol       = "TCP"
      port           = 22
      v4_cidr_blocks = ingress.value
    }
  }

  egress {
    description    = "packages, image, secrets, lists of nodes and backups, logs, webhooks, the probe of the public address"
    protocol       = "TCP"
    port           = 443
    v4_cidr_blocks = local.world
  }

  dynamic "egress" {
    for_each = local.ssh
    content {
      description    = "operators, on to the nodes"
      protocol       = "TCP"
      port           = 22
      v4_cidr_blocks = local.subnets
    }
  }

  dynamic "egress" {
    for_each = merge(local.watched_ports, { database = 6432 })
    content {
      description    = "metrics: ${egress.key}"
      protocol       = "TCP"
      port           = egress.value
      v4_cidr_blocks = local.subnets
    }
  }

  dynamic "egress" {
    for_each = local.machines_own
    content {
      description    = egress.key
      protocol       = egress.value.protocol
      port           = egress.value.port
      v4_cidr_blocks = egress.value.networks
    }
  }
}

resource "yandex_vpc_security_group" "database" {
  name        = "${var.name}-database"
  description = "PostgreSQL."
  network_id  = yandex_vpc_network.kinoteka.id

  ingress {
    description       = "the catalogues"
    protocol          = "TCP"
    port              = 6432
    security_group_id = yandex_vpc_security_group.nodes.id
  }

  ingress {
    description       = "the exporters, as a user who can only read statistics; psql of operators"
    protocol          = "TCP"
    port              = 6432
    security_group_id = yandex_vpc_security_group.monitoring.id
  }

  ingress {
    description       = "its hosts among each other"
    protocol          = "ANY"
    from_port         = 0
    to_port           = 65535
    predefined_target = "self_security_group"
  }

  egress {
    description       = "its hosts among each other"
    protocol          = "ANY"
    from_port         = 0
    to_port           = 65535
    predefined_target = "self_security_group"
  }
}

locals {
  subnets = [for subnet in yandex_vpc_subnet.zone : one(subnet.v4_cidr_blocks)]

  # Needed by every machine.
  machines_own = {
    "names (UDP)" = { protocol = "UDP", port = 53, networks = local.subnets }
    "names (TCP)" = { protocol = "TCP", port = 53, networks = local.subnets }
    "time"        = { protocol = "UDP", port = 123, networks = local.world }
    "metadata"    = { protocol = "TCP", port = 80, networks = ["169.254.169.254/32"] }
  }
}
