# Everything in this module is a pure function of the pipeline's YAML and of system.json, which the code writes.
locals {
  system   = jsondecode(file("${path.module}/system.json"))
  pipeline = yamldecode(file(var.pipeline))
  suffix   = var.environment == "" ? "" : "-${var.environment}"

  topics = {
    for topic in local.system.topics : topic => {
      name = "${topic}${local.suffix}"
      dead = "${topic}-dead${local.suffix}"
    }
  }

  system_tables = { for each in local.system.tables : "${each.dataset}.${each.table}" => each }
}

output "topics" {
  value = local.topics
}

output "system_tables" {
  value = local.system_tables
}

output "suffix" {
  value = local.suffix
}
