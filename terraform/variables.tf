variable "folder_id" {
  description = "Folder of Yandex Cloud for all resources."
  type        = string
}

variable "name" {
  description = "Beginning of the names of all resources, so that a folder can contain two of these."
  type        = string
  default     = "kinoteka"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "name: ${var.name} (expected: a letter, then 1 to 20 lower-case letters, digits or hyphens)."
  }
}

variable "production" {
  description = "Whether people depend on it: several zones, two nodes in each, alerts that are sent to somebody, protection from deletion."
  type        = bool
  default     = true
}

variable "zones" {
  description = "Availability zones of nodes and database hosts. The public address is in the first one, the monitoring node in the second one."
  type        = list(string)
  default     = ["ru-central1-a", "ru-central1-b", "ru-central1-d"]

  validation {
    condition     = length(var.zones) == length(distinct(var.zones)) && length(var.zones) > 0
    error_message = "zones: ${join(", ", var.zones)} (expected: at least one, none twice)."
  }

  validation {
    condition     = alltrue([for zone in var.zones : can(regex("^[a-z0-9]+-[a-z0-9]+-[a-z]$", zone))])
    error_message = "zones: ${join(", ", var.zones)} (expected: names such as ru-central1-a)."
  }

  validation {
    condition     = !var.production || length(var.zones) >= 3
    error_message = "zones: ${join(", ", var.zones)} (expected: three in production, so that the database keeps its quorum when a zone is lost; set production = false for a trial)."
  }
}

variable "nodes" {
  description = "Smallest number of nodes in each zone, largest number in all, cores and memory (GiB) of each."
  type = object({
    in_zone = optional(number, 2)
    most    = optional(number, 8)
    cores   = optional(number, 2)
    memory  = optional(number, 4)
  })
  default = {}

  validation {
    condition     = var.nodes.in_zone >= (var.production ? 2 : 1)
    error_message = "nodes.in_zone: ${var.nodes.in_zone} (expected: at least 2 in production, so that a zone serves on while one of its nodes is replaced)."
  }

  validation {
    condition     = var.nodes.most >= var.nodes.in_zone * length(var.zones) && var.nodes.most <= 100
    error_message = "nodes.most: ${var.nodes.most} (expected: ${var.nodes.in_zone * length(var.zones)} to 100, room for nodes.in_zone in every zone)."
  }

  validation {
    condition     = var.nodes.cores >= 2 && var.nodes.memory >= 4
    error_message = "nodes: ${var.nodes.cores} cores, ${var.nodes.memory} GiB (expected: at least 2 and 4, which gateway and catalogue need together)."
  }
}

variable "requests_per_second" {
  description = "Requests per second of a node above which the group grows."
  type        = number
  default     = 1000

  validation {
    condition     = var.requests_per_second > 0
    error_message = "requests_per_second: ${var.requests_per_second} (expected: > 0)."
  }
}

variable "database" {
  description = "Class of the PostgreSQL hosts, disk of each (GiB), days that backups are kept."
  type = object({
    preset      = optional(string, "s3-c4-m16")
    disk_gb     = optional(number, 50)
    backup_days = optional(number, 14)
  })
  default = {}

  validation {
    condition     = can(regex("^[a-z]+[0-9]+-c[0-9]+-m[0-9]+$", var.database.preset))
    error_message = "database.preset: ${var.database.preset} (expected: a class such as s3-c4-m16, with its cores and memory)."
  }

  validation {
    condition     = var.database.disk_gb >= 20 && var.database.disk_gb <= 6144
    error_message = "database.disk_gb: ${var.database.disk_gb} (expected: 20..6144; the library at full size takes 5, its indexes, log and room to grow the rest)."
  }

  validation {
    condition     = var.database.backup_days >= 7 && var.database.backup_days <= 60
    error_message = "database.backup_days: ${var.database.backup_days} (expected: 7..60)."
  }
}

variable "database_login" {
  description = "Login of the catalogues, a (kinoteka_a) or b (kinoteka_b). A rotation of the password changes it."
  type        = string
  default     = "a"

  validation {
    condition     = contains(["a", "b"], var.database_login)
    error_message = "database_login: ${var.database_login} (expected: a or b)."
  }
}

variable "database_ca_sha256" {
  description = "SHA-256 of the certificate of Yandex Cloud's authority, by which machines check the file that they download; empty: they do not."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([0-9a-f]{64})?$", var.database_ca_sha256))
    error_message = "database_ca_sha256: ${var.database_ca_sha256} (expected: 64 lower-case hexadecimal digits, or nothing)."
  }
}

variable "token_issuer" {
  description = "Issuer of the tokens of customers and editors: `iss` of their JWT."
  type        = string

  validation {
    condition     = startswith(var.token_issuer, "https://")
    error_message = "token_issuer: ${var.token_issuer} (expected: an https address, as the issuer writes it)."
  }
}

variable "token_jwks" {
  description = "Address of the issuer's public keys, a JSON Web Key Set."
  type        = string

  validation {
    condition     = can(regex("^https://[^/:]+(/.*)?$", var.token_jwks))
    error_message = "token_jwks: ${var.token_jwks} (expected: an https address without a port, since machines reach 443 only; keys that anybody could change on the way prove nothing)."
  }
}

variable "domain" {
  description = "Public name, for which a certificate is issued and a record made; empty: none, and nodes make a certificate for a trial."
  type        = string
  default     = ""

  validation {
    condition     = var.domain == "" || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain: ${var.domain} (expected: a name such as films.example.com, or none)."
  }

  validation {
    condition     = (var.domain == "") == (var.dns_zone_id == "")
    error_message = "domain: '${var.domain}', dns_zone_id: '${var.dns_zone_id}' (expected: both or neither; the zone of Cloud DNS is where the domain is proved and pointed to the balancer)."
  }
}

variable "dns_zone_id" {
  description = "Public zone of Cloud DNS that the domain is in; empty where there is no domain."
  type        = string
  default     = ""
}

variable "http3" {
  description = "HTTP/3: a listener for UDP 443, and gateways that serve it. Off by default, and of use only where support has enabled UDP on the balancer: packets of one flow may reach different nodes."
  type        = bool
  default     = false
}

variable "ssh_from" {
  description = "Networks (CIDR) from which operators reach SSH of the monitoring node, and through it the nodes; empty: from nowhere."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for network in var.ssh_from : can(cidrnetmask(network)) && tonumber(split("/", network)[1]) >= 16])
    error_message = "ssh_from: ${join(", ", var.ssh_from)} (expected: IPv4 networks of /16 or smaller, never the whole world)."
  }

  validation {
    condition     = length(var.ssh_from) == 0 || length(var.ssh_keys) > 0
    error_message = "ssh_from: ${join(", ", var.ssh_from)} (expected: none without ssh_keys, because nobody could log in)."
  }
}

variable "ssh_keys" {
  description = "Public keys of the operators, who log in as oncall; empty: nobody logs in."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for key in var.ssh_keys : can(regex("^(ssh|ecdsa|sk)-[^ ]+ [A-Za-z0-9+/=]+( .*)?$", key))])
    error_message = "ssh_keys: one is no public key (expected: a line such as ssh-ed25519 AAAA... name; a private key must not leave its owner)."
  }
}

variable "alert_webhook" {
  description = "Address to which Alertmanager sends alerts, a secret: set it as TF_VAR_alert_webhook in the environment. Required in production; a trial shows alerts in Grafana and Alertmanager only."
  type        = string
  sensitive   = true
  default     = ""

  validation {
    condition     = !var.production || var.alert_webhook != ""
    error_message = "alert_webhook: empty (expected: an https address in production, because nobody would learn of an outage; set production = false for a trial)."
  }

  validation {
    condition     = var.alert_webhook == "" || can(regex("^https://[^/:]+(/.*)?$", var.alert_webhook))
    error_message = "alert_webhook: not shown (expected: an https address without a port, since machines reach 443 only, or none)."
  }
}

variable "watchdog_webhook" {
  description = "Address of a service outside this cloud that expects a message every minute and alerts you when there is none, a secret: set it as TF_VAR_watchdog_webhook in the environment; empty: there is no such service."
  type        = string
  sensitive   = true
  default     = ""

  validation {
    condition     = var.watchdog_webhook == "" || can(regex("^https://[^/:]+(/.*)?$", var.watchdog_webhook))
    error_message = "watchdog_webhook: not shown (expected: an https address without a port, since machines reach 443 only, or none)."
  }
}

variable "grafana_image" {
  description = "Image of Grafana, with its tag and its digest. It is copied to the registry of the nodes."
  type        = string
  default     = "docker.io/grafana/grafana:13.2.3@sha256:b28bae15e219c998fb0e0424ed724930cc61b1f61fb404d47c862f9a23f9e572"

  validation {
    condition     = can(regex("^[^:@]+:[^:@]+@sha256:[0-9a-f]{64}$", var.grafana_image))
    error_message = "grafana_image: ${var.grafana_image} (expected: NAME:TAG@sha256: and 64 digits, so that an image that somebody has changed does not run)."
  }
}

variable "image_family" {
  description = "Family of the machines' image; cloud-init/ is written for this one."
  type        = string
  default     = "debian-13"
}

variable "log_retention_hours" {
  description = "How long Cloud Logging keeps the machines' logs, hours."
  type        = number
  default     = 336

  validation {
    condition     = var.log_retention_hours >= 1 && var.log_retention_hours <= 26280
    error_message = "log_retention_hours: ${var.log_retention_hours} (expected: 1..26280, an hour to three years)."
  }
}
