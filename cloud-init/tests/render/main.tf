# Renders the templates as ../../../terraform does, with made-up inputs and without a cloud.

variable "monitoring" {
  description = "Folder of rules and dashboards."
  type        = string
}

output "monitoring" {
  value = templatefile("${path.module}/../../monitoring.yaml.tftpl", {
    folder            = "${path.module}/../.."
    monitoring        = var.monitoring
    name              = "kinoteka-monitoring"
    zone              = "ru-central1-a"
    grafana_secret_id = "e6q001"
    watcher_secret_id = "e6q002"
    registry          = "cr.yandex"
    grafana_image     = "cr.yandex/crp000/grafana@sha256:${sha256("grafana")}"
    instance_group_id = "cl1000"
    folder_id         = "b1g000"
    log_group_id      = "e23000"
    databases = [
      { host = "rc1a-0.mdb.yandexcloud.net", port = 6432, zone = "ru-central1-a" },
      { host = "rc1b-0.mdb.yandexcloud.net", port = 6432, zone = "ru-central1-b" },
    ]
    database_name              = "kinoteka"
    database_ca_sha256         = ""
    cluster_id                 = "c9q000"
    public_host                = "films.example"
    public_certificate_trusted = true
    webhooks_secret_id         = "e6q003"
    webhooks                   = ["alert", "watchdog"]
    ssh_keys                   = []
  })
}
