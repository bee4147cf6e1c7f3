# Certificate Manager issues it when a DNS record has proved the domain, and renews it. The nodes fetch it twice a day.
resource "yandex_cm_certificate" "domain" {
  for_each = toset(var.domain == "" ? [] : [var.domain])

  name                = var.name
  domains             = [each.key]
  deletion_protection = var.production

  managed {
    challenge_type  = "DNS_CNAME"
    challenge_count = 1
  }
}

resource "yandex_dns_recordset" "challenge" {
  for_each = yandex_cm_certificate.domain

  zone_id = var.dns_zone_id
  name    = each.value.challenges[0].dns_name
  type    = each.value.challenges[0].dns_type
  data    = [each.value.challenges[0].dns_value]
  ttl     = 60
}

# Nodes are created after it has been issued, so that the first ones serve HTTPS at once.
data "yandex_cm_certificate" "issued" {
  for_each = yandex_cm_certificate.domain

  certificate_id  = each.value.id
  wait_validation = true

  depends_on = [yandex_dns_recordset.challenge]
}
