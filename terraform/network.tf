resource "yandex_vpc_network" "kinoteka" {
  name = var.name
}

# Machines have no public address: what they fetch (packages, images, secrets) they fetch through this.
resource "yandex_vpc_gateway" "egress" {
  name = "${var.name}-egress"
  shared_egress_gateway {}
}

resource "yandex_vpc_route_table" "egress" {
  name       = "${var.name}-egress"
  network_id = yandex_vpc_network.kinoteka.id

  static_route {
    destination_prefix = "0.0.0.0/0"
    gateway_id         = yandex_vpc_gateway.egress.id
  }
}

resource "yandex_vpc_subnet" "zone" {
  for_each = { for index, zone in var.zones : zone => cidrsubnet("10.128.0.0/16", 4, index) }

  name           = "${var.name}-${each.key}"
  zone           = each.key
  network_id     = yandex_vpc_network.kinoteka.id
  route_table_id = yandex_vpc_route_table.egress.id
  v4_cidr_blocks = [each.value]
}
