# A user of the database that is created again has a password that nobody knows, until the one from Lockbox is set. tests/with-cloud counts
# how often each user's password is set.

mock_provider "yandex" {
  source = "./tests/mocks"
}

variables {
  folder_id    = "b1g00000000000000000"
  production   = false
  zones        = ["ru-central1-a"]
  nodes        = { in_zone = 1, most = 2 }
  token_issuer = "https://issuer.example.com"
  token_jwks   = "https://issuer.example.com/jwks"
}

run "users_get_their_passwords_when_they_are_created" {}

run "a_user_that_is_created_again_gets_its_password_again" {
  plan_options {
    replace = [yandex_mdb_postgresql_user.login["a"]]
  }
}

run "a_user_that_is_only_changed_keeps_its_password" {
  variables {
    database = { preset = "s3-c8-m32" }
  }

  assert {
    condition     = yandex_mdb_postgresql_user.login["b"].conn_limit > 300
    error_message = "The user was not changed: ${yandex_mdb_postgresql_user.login["b"].conn_limit} connections."
  }
}
