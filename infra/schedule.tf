resource "google_service_account" "schedule" {
  account_id   = "phg-schedule${local.suffix}"
  display_name = "Phasegate: who Cloud Scheduler is when it calls a function"
}

resource "google_cloud_scheduler_job" "schedule" {
  for_each         = module.derived.schedules
  name             = each.value.name
  region           = var.region
  schedule         = each.value.cron
  time_zone        = each.value.zone
  attempt_deadline = "170s"

  # The next minute is the next try.
  retry_config {
    retry_count = 0
  }

  http_target {
    http_method = "POST"
    uri         = google_cloudfunctions2_function.doorway[each.key].service_config[0].uri

    oidc_token {
      service_account_email = google_service_account.schedule.email
      audience              = google_cloudfunctions2_function.doorway[each.key].service_config[0].uri
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "schedule_calls" {
  for_each = module.derived.schedules
  location = var.region
  name     = google_cloudfunctions2_function.doorway[each.key].name
  role     = "roles/run.invoker"
  member   = google_service_account.schedule.member
}

# One for each monitor of the pipeline's file, which says when, in which zone, and whom to call.
resource "google_cloud_scheduler_job" "monitor" {
  for_each  = module.derived.monitors
  name      = each.value.name
  region    = var.region
  schedule  = each.value.cron
  time_zone = each.value.zone

  retry_config {
    retry_count = 3
  }

  pubsub_target {
    topic_name = google_pubsub_topic.topic["phasegate-monitor-due"].id
    data       = base64encode(each.value.body)
  }

  depends_on = [google_pubsub_topic_iam_member.schedule_publishes]
}

resource "google_pubsub_topic_iam_member" "schedule_publishes" {
  topic  = google_pubsub_topic.topic["phasegate-monitor-due"].id
  role   = "roles/pubsub.publisher"
  member = local.agents.scheduler
}
