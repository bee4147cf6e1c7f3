resource "yandex_dns_recordset" "domain" {
  for_each = yandex_cm_certificate.domain

  zone_id = var.dns_zone_id
  name    = "${each.key}."
  type    = "A"
  data    = [local.public_address]
  ttl     = 300
}
