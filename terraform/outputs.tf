output "address" {
  description = "Where clients reach it."
  value       = local.public_address
}

output "url" {
  description = "What to open first; without a domain the browser says that nobody vouches for the certificate."
  value       = var.domain == "" ? "https://${local.public_address}/" : "https://${var.domain}/"
}

output "grafana" {
  description = "Grafana, for the networks in operators_from; the user is admin."
  value       = length(var.operators_from) == 0 ? "closed: set operators_from" : "http://${yandex_compute_instance.monitoring.network_interface[0].nat_ip_address}:3000/d/requests"
}

output "grafana_password" {
  description = "The command that shows the password of Grafana's administrator."
  value       = "yc lockbox payload get --id ${yandex_lockbox_secret.password["monitoring"].id} --key password"
}

output "database_hosts" {
  description = "PostgreSQL, from the nodes."
  value       = local.database_hosts
}

output "registry" {
  description = "Where the images are."
  value       = "cr.yandex/${yandex_container_registry.kinoteka.id}"
}

output "logs" {
  description = "The command that follows the logs of all machines."
  value       = "yc logging read --group-id ${yandex_logging_group.kinoteka.id} --follow"
}
