module "derived" {
  source      = "./derived"
  pipeline    = "${path.module}/../${var.pipeline}"
  environment = var.environment
}

data "google_project" "this" {
  project_id = var.project
}

locals {
  suffix   = module.derived.suffix
  topics   = module.derived.topics
  doorways = module.derived.doorways
  jobs     = module.derived.jobs

  pushed = { for function, each in local.doorways : function => each if each.topic != null }

  labels = {
    system      = "phasegate"
    environment = var.environment == "" ? "only" : var.environment
  }

  agents = {
    pubsub    = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
    scheduler = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-cloudscheduler.iam.gserviceaccount.com"
  }

  services = toset([
    "artifactregistry", "bigquery", "cloudbuild", "cloudfunctions", "cloudscheduler", "cloudtrace", "firestore",
    "iam", "iamcredentials", "logging", "monitoring", "pubsub", "run", "secretmanager", "storage",
  ])
}

resource "google_project_service" "api" {
  for_each           = local.services
  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}
