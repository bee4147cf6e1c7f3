# What the cloud computes, in the form that it has there; everything else is made up by Terraform.

mock_resource "yandex_container_registry" {
  defaults = { id = "crp00000000000000000" }
}

mock_resource "yandex_cm_certificate" {
  defaults = {
    id         = "fpq00000000000000000"
    challenges = [{ dns_name = "_acme-challenge.films.example.com.", dns_type = "CNAME", dns_value = "fpq.cm.yandexcloud.net." }]
  }
}

mock_resource "yandex_vpc_address" {
  defaults = { external_ipv4_address = { address = "203.0.113.7" } }
}

mock_resource "yandex_mdb_postgresql_cluster_v2" {
  defaults = { id = "c9q00000000000000000" }
}
