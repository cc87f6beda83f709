resource "google_service_account" "job" {
  account_id   = "phg-job${local.suffix}"
  display_name = "Phasegate: jobs that write tables"
}

resource "google_cloud_run_v2_job" "job" {
  for_each            = local.jobs
  name                = each.value.name
  location            = var.region
  deletion_protection = false

  template {
    task_count  = 1
    parallelism = 1
    labels      = local.labels

    template {
      service_account = google_service_account.job.email
      timeout         = "${each.value.minutes * 60}s"
      max_retries     = 0

      containers {
        image = coalesce(each.value.image, var.job_image)
        args  = each.value.args

        env {
          name  = "PHASEGATE_PROJECT"
          value = var.project
        }

        env {
          name  = "PHASEGATE_LOCATION"
          value = var.location
        }

        env {
          name  = "PHASEGATE_API"
          value = google_cloudfunctions2_function.api.service_config[0].uri
        }

        resources {
          limits = {
            cpu    = each.value.cpu
            memory = each.value.memory
          }
        }
      }
    }
  }

  depends_on = [google_project_service.api]
}

# A job reads the sources and the tables before its own, and writes its table and what it did.
resource "google_bigquery_dataset_iam_member" "job_reads" {
  for_each   = toset(module.derived.read_datasets)
  dataset_id = each.key
  role       = "roles/bigquery.dataViewer"
  member     = google_service_account.job.member

  depends_on = [google_bigquery_dataset.pipeline]
}

resource "google_bigquery_dataset_iam_member" "job_writes" {
  for_each   = toset(module.derived.written_datasets)
  dataset_id = each.key
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.job.member

  depends_on = [google_bigquery_dataset.pipeline]
}

resource "google_bigquery_dataset_iam_member" "job_notes" {
  dataset_id = google_bigquery_dataset.own.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.job.member
}

resource "google_project_iam_member" "job_queries" {
  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = google_service_account.job.member
}

resource "google_pubsub_topic_iam_member" "job_tells" {
  topic  = google_pubsub_topic.topic["phasegate-job-finished"].id
  role   = "roles/pubsub.publisher"
  member = google_service_account.job.member
}
