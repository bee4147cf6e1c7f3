# The users of the database. The owner of the schema runs the migrations. The catalogue logs in as kinoteka_a or kinoteka_b: while nodes use
# one of them, the other one can get a new password (docs/deploy.md). Both have the privileges of a role that cannot log in.

locals {
  logins = { a = "service-a", b = "service-b" }

  # Not computed from the number of nodes: the limits of all users are reserved, so that raising one before lowering another would be rejected.
  owner_connections   = 40
  service_connections = 1 # the smallest limit, although it cannot log in
  watcher_connections = 10

  # Managed PostgreSQL allows 200 for each core, or 200 in all where cores are shared (b…), and reserves 15 for itself. It also reserves the
  # limit of each user, so that each of the two logins gets half of the rest.
  connections       = (startswith(var.database.preset, "b") ? 1 : tonumber(regex("-c([0-9]+)-", var.database.preset)[0])) * 200 - 15
  login_connections = floor((local.connections - local.owner_connections - local.service_connections - local.watcher_connections) / 2)

  # A catalogue opens a pool to the primary, one of the same size to a replica (or to the primary, if there is no other host), 8 connections for
  # long lists, and one to listen. While the group replaces nodes, there are more of them.
  pool_size = min(16, floor((local.login_connections / (var.nodes.most + length(var.zones)) - 9) / 2))
}

resource "yandex_mdb_postgresql_user" "owner" {
  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "kinoteka"
  generate_password = true # unknown to everybody: database_password replaces it by the password from Lockbox
  conn_limit        = local.owner_connections

  user_password_encryption = "USER_PASSWORD_ENCRYPTION_SCRAM_SHA_256"
  deletion_protection      = tostring(var.production)
}

# The migrations grant this role the privileges on their tables.
resource "yandex_mdb_postgresql_user" "service" {
  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "kinoteka_service"
  generate_password = true
  login             = false
  conn_limit        = local.service_connections

  user_password_encryption = "USER_PASSWORD_ENCRYPTION_SCRAM_SHA_256"
  deletion_protection      = tostring(var.production)
}

resource "yandex_mdb_postgresql_user" "login" {
  for_each = local.logins

  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "kinoteka_${each.key}"
  generate_password = true
  conn_limit        = local.login_connections
  grants            = [yandex_mdb_postgresql_user.service.name]

  user_password_encryption = "USER_PASSWORD_ENCRYPTION_SCRAM_SHA_256"
  deletion_protection      = tostring(var.production)

  permission {
    database_name = yandex_mdb_postgresql_database.kinoteka.name
  }

  lifecycle {
    precondition {
      condition     = local.pool_size >= 4
      error_message = "nodes.most: ${var.nodes.most} (expected: fewer, or a larger database.preset: ${var.database.preset} allows ${local.connections} connections, which leaves fewer than 4 for the pool of each catalogue)."
    }
  }
}

resource "yandex_mdb_postgresql_user" "watcher" {
  cluster_id        = yandex_mdb_postgresql_cluster_v2.kinoteka.id
  name              = "monitoring"
  generate_password = true
  conn_limit        = local.watcher_connections
  grants            = ["mdb_monitor"]

  user_password_encryption = "USER_PASSWORD_ENCRYPTION_SCRAM_SHA_256"

  permission {
    database_name = yandex_mdb_postgresql_database.kinoteka.name
  }
}

# The provider would write a password into the state. So a program reads it from Lockbox and sets it, with the token of the operator, whenever
# there is a new version or a new user: the ID of a user that is created (again) is unknown until then, which makes Terraform run the program. The cluster rejects a change during another one: flock lets one program run at a time, and each of them retries.
resource "terraform_data" "database_password" {
  for_each = merge(
    {
      kinoteka   = { user = yandex_mdb_postgresql_user.owner, secret = "migration" }
      monitoring = { user = yandex_mdb_postgresql_user.watcher, secret = "watcher" }
    },
    { for login, secret in local.logins : "kinoteka_${login}" => { user = yandex_mdb_postgresql_user.login[login], secret = secret } },
  )

  triggers_replace = [
    yandex_mdb_postgresql_cluster_v2.kinoteka.id,
    each.value.user.id,
    yandex_lockbox_secret_version.password[each.value.secret].id,
  ]

  provisioner "local-exec" {
    command = "flock ${path.module}/api ${path.module}/api/set-database-password"
    environment = {
      CLUSTER_ID = yandex_mdb_postgresql_cluster_v2.kinoteka.id
      USER_NAME  = each.value.user.name
      SECRET_ID  = yandex_lockbox_secret.password[each.value.secret].id
      VERSION_ID = yandex_lockbox_secret_version.password[each.value.secret].id
    }
  }
}
