output "address" {
  description = "Public address."
  value       = local.public_address
}

output "url" {
  description = "The page to open first. Without a domain, the browser warns of the certificate."
  value       = var.domain == "" ? "https://${local.public_address}/" : "https://${var.domain}/"
}

output "grafana" {
  description = "The command that makes Grafana reachable as http://localhost:3000/d/requests while it runs; the user is admin."
  value       = length(var.ssh_from) == 0 ? "not reachable: set ssh_from and ssh_keys" : "ssh -N -L 3000:localhost:3000 oncall@${yandex_compute_instance.monitoring.network_interface[0].nat_ip_address}"
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
  description = "The registry of the images."
  value       = local.registry
}

output "logs" {
  description = "The command that shows new log lines of all machines."
  value       = "yc logging read --group-id ${yandex_logging_group.kinoteka.id} --follow"
}

output "ssh" {
  description = "Commands that log in to the monitoring node, and through it to a node (its address is in `yc compute instance-group list-instances`)."
  value = length(var.ssh_from) == 0 ? ["not reachable: set ssh_from and ssh_keys"] : [
    "ssh oncall@${yandex_compute_instance.monitoring.network_interface[0].nat_ip_address}",
    "ssh -J oncall@${yandex_compute_instance.monitoring.network_interface[0].nat_ip_address} oncall@ADDRESS_OF_THE_NODE",
  ]
}

output "release" {
  description = "What every node should run, for api/check-release: hashes of its release and of its files."
  value = {
    release       = substr(sha256(local.release), 0, 12)
    machine_files = local.machine_files
  }
}
