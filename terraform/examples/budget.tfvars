# A trial: one zone, one node, one host of the database. Nobody may depend on it.
folder_id    = "b1g00000000000000000"
production   = false
zones        = ["ru-central1-a"]
nodes        = { in_zone = 1, most = 2, cores = 2, memory = 4 }
database     = { preset = "c3-c2-m4", disk_gb = 20, backup_days = 7 }
token_issuer = "https://issuer.example.com"
token_jwks   = "https://issuer.example.com/.well-known/jwks.json"
