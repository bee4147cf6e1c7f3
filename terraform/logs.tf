resource "yandex_logging_group" "kinoteka" {
  name             = var.name
  retention_period = "${var.log_retention_hours}h"
}
