# Three zones, two nodes in each, three hosts of the database: a zone may be lost.
folder_id    = "b1g00000000000000000"
nodes        = { in_zone = 2, most = 12, cores = 4, memory = 8 }
database     = { preset = "s3-c4-m16", disk_gb = 100, backup_days = 30 }
domain       = "films.example.com"
dns_zone_id  = "dns0000000000000000"
token_issuer = "https://issuer.example.com"
token_jwks   = "https://issuer.example.com/.well-known/jwks.json"
# The webhooks are secrets: TF_VAR_alert_webhook and TF_VAR_watchdog_webhook in the environment.
