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
