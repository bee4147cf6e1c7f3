# Quotas of the cloud that the configuration needs, while the group replaces its nodes: more of them than nodes.most run then. Their IDs are
# those of the documentation ("Quotas and limits" of each service); the names of their services, by which the API lists them, differ.

locals {
  most_instances = var.nodes.most + length(var.zones) + 1
  preset         = regex("-c(?P<cores>[0-9]+)-m(?P<memory>[0-9]+)$", var.database.preset)
  gib            = 1024 * 1024 * 1024
}

output "quotas" {
  description = "Quotas that are needed, by their identifiers, for api/check-quotas."
  value = {
    "compute.instances.count"        = local.most_instances
    "compute.instanceCores.count"    = (local.most_instances - 1) * var.nodes.cores + 2
    "compute.instanceMemory.size"    = ((local.most_instances - 1) * var.nodes.memory + 4) * local.gib
    "compute.disks.count"            = local.most_instances + 1
    "compute.ssdDisks.size"          = (local.most_instances * 20 + 30) * local.gib
    "compute.instanceGroups.count"   = 1
    "vpc.networks.count"             = 1
    "vpc.subnets.count"              = length(var.zones)
    "vpc.securityGroups.count"       = 3
    "vpc.externalAddresses.count"    = 3 # the balancer's, the gateway's for NAT, the monitoring node's
    "ylb.networkLoadBalancers.count" = 1
    "mdb.clusters.count"             = 1
    "mdb.cpu.count"                  = length(var.zones) * tonumber(local.preset.cores)
    "mdb.memory.size"                = length(var.zones) * tonumber(local.preset.memory) * local.gib
    "mdb.ssd.size"                   = length(var.zones) * var.database.disk_gb * local.gib
  }
}
