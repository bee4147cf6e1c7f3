# Renders the templates as ../../../terraform does, with made-up inputs and without a cloud.

variable "monitoring" {
  description = "Folder of rules and dashboards."
  type        = string
}

output "node" {
  value = templatefile("${path.module}/../../node.yaml.tftpl", {
    folder            = "${path.module}/../.."
    gateway_image     = "cr.yandex/crp000/gateway@sha256:${sha256("gateway")}"
    catalog_image     = "cr.yandex/crp000/catalog-service@sha256:${sha256("catalog")}"
    seeder_image      = "cr.yandex/crp000/seeder@sha256:${sha256("seeder")}"
    registry          = "cr.yandex"
    secret_id         = "e6q000"
    secret_entry      = "password"
    database_hosts    = ["rc1a-0.mdb.yandexcloud.net:6432", "rc1b-0.mdb.yandexcloud.net:6432"]
    database_name     = "kinoteka"
    database_username = "kinoteka"
    token_issuer      = "https://issuer.example"
    token_jwks        = "https://issuer.example/jwks"
    domain            = "films.example"
    certificate_id    = "fpq000"
    log_group_id      = "e23000"
    folder_id         = "b1g000"
    http3             = true
    gateway_memory_mb = 1024
    catalog_memory_mb = 1024
    ssh_keys          = ["ssh-ed25519 AAAA operator"]
  })
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
    cluster_id                 = "c9q000"
    public_host                = "films.example"
    public_certificate_trusted = true
    alert_webhook              = ""
    watchdog_webhook           = ""
    ssh_keys                   = []
  })
}
