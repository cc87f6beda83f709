resource "google_service_account" "build" {
  account_id   = "phg-build${local.suffix}"
  display_name = "Phasegate: makes containers of the functions' source"
}

resource "google_project_iam_member" "build" {
  for_each = toset(["roles/logging.logWriter", "roles/artifactregistry.writer"])
  project  = var.project
  role     = each.key
  member   = google_service_account.build.member
}

# Its own bucket and the one that Cloud Functions copies sources to, which is not there before the first function is.
resource "google_project_iam_member" "build_reads" {
  project = var.project
  role    = "roles/storage.objectViewer"
  member  = google_service_account.build.member

  condition {
    title = "sources only"
    expression = join(" || ", [
      for bucket in [var.deploy_bucket, "gcf-v2-sources-${data.google_project.this.number}-${var.region}"] :
      "resource.name.startsWith(\"projects/_/buckets/${bucket}\")"
    ])
  }
}
