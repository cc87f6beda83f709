# Their values never pass through Terraform: somebody adds a version with gcloud.
resource "google_secret_manager_secret" "notifier" {
  for_each = {
    for name in setunion(["SLACK_WEBHOOK_URL", "SMTP_URL"], var.notify_by) :
    name => "phasegate-${lower(replace(name, "_", "-"))}${local.suffix}"
  }
  secret_id = each.value

  replication {
    auto {}
  }

  depends_on = [google_project_service.api]

  lifecycle {
    precondition {
      condition     = length(setsubtract(module.derived.channel_secrets, var.notify_by)) == 0
      error_message = "Channels of the pipeline need secrets that notify_by does not name: ${join(", ", setsubtract(module.derived.channel_secrets, var.notify_by))}."
    }
  }
}

resource "google_secret_manager_secret_iam_member" "notify_reads" {
  for_each  = google_secret_manager_secret.notifier
  secret_id = each.value.id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.doorway["notify"].member
}

resource "google_secret_manager_secret" "lineage" {
  count     = var.lineage_key ? 1 : 0
  secret_id = "phasegate-openlineage-api-key${local.suffix}"

  replication {
    auto {}
  }

  depends_on = [google_project_service.api]
}
