# Renders the templates as ../../../terraform does, with made-up inputs and without a cloud. A file of its own for each machine.

locals {
  node_files = {
    folder       = "${path.module}/../.."
    log_group_id = "e23000"
    folder_id    = "b1g000"
    ssh_keys     = ["ssh-ed25519 AAAA operator"]
  }
}

output "node" {
  value = templatefile("${path.module}/../../node.yaml.tftpl", merge(local.node_files, { machine_files = "0123456789ab" }))
}

output "release" {
  value = trimspace(templatefile("${path.module}/../../release.env.tftpl", {
    gateway_image               = "cr.yandex/crp000/gateway@sha256:${sha256("gateway")}"
    catalog_image               = "cr.yandex/crp000/catalog-service@sha256:${sha256("catalog")}"
    seeder_image                = "cr.yandex/crp000/seeder@sha256:${sha256("seeder")}"
    registry                    = "cr.yandex"
    gateway_memory_mb           = 1024
    catalog_memory_mb           = 1024
    database_hosts              = ["rc1a-0.mdb.yandexcloud.net:6432", "rc1b-0.mdb.yandexcloud.net:6432"]
    database_name               = "kinoteka"
    database_pool_size          = 16
    database_username           = "kinoteka_a"
    secret_id                   = "e6q000"
    secret_version_id           = "e6q001"
    migration_username          = "kinoteka"
    migration_secret_id         = "e6q002"
    migration_secret_version_id = "e6q003"
    service_role                = "kinoteka_service"
    database_ca_sha256          = ""
    token_issuer                = "https://issuer.example"
    token_jwks                  = "https://issuer.example/jwks"
    domain                      = "films.example"
    http3                       = true
    certificate_id              = "fpq000"
  }))
}
