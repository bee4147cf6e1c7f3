# The operator's token comes from YC_TOKEN, the cloud from YC_CLOUD_ID.
provider "yandex" {
  folder_id = var.folder_id
}
