# Their values never pass through Terraform: somebody adds a version with gcloud.
resource "google_secret_manager_secret" "notifier" {
  for_each = {
    SLACK_WEBHOOK_URL = "phasegate-slack-webhook-url${local.suffix}"
    SMTP_URL          = "phasegate-smtp-url${local.suffix}"
  }
  secret_id = each.value

  replication {
    auto {}
  }

  depends_on = [google_project_service.api]
}

resource "google_secret_manager_secret_iam_member" "notify_reads" {
  for_each  = google_secret_manager_secret.notifier
  secret_id = each.value.id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.doorway["notify"].member
}
