# Rights on buckets. In that of evidence, what is kept there can be added and read, never replaced or deleted.
resource "google_storage_bucket_iam_member" "keep_evidence" {
  for_each = {
    for pair in setproduct(local.who_may["keep-evidence"], ["roles/storage.objectCreator", "roles/storage.objectViewer"]) :
    "${pair[0]} ${pair[1]}" => { function = pair[0], role = pair[1] }
  }
  bucket = google_storage_bucket.evidence.name
  role   = each.value.role
  member = google_service_account.doorway[each.value.function].member
}

resource "google_storage_bucket_iam_member" "read_evidence" {
  for_each = local.who_may["read-evidence"]
  bucket   = google_storage_bucket.evidence.name
  role     = "roles/storage.objectViewer"
  member   = google_service_account.doorway[each.key].member
}

# Lists of days that are too long for a job's environment.
locals {
  days_of_jobs = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.evidence.name}/objects/days/\")"
}

resource "google_storage_bucket_iam_member" "keep_days" {
  for_each = {
    for pair in setproduct(local.who_may["keep-days"], ["roles/storage.objectCreator", "roles/storage.objectViewer"]) :
    "${pair[0]} ${pair[1]}" => { function = pair[0], role = pair[1] }
  }
  bucket = google_storage_bucket.evidence.name
  role   = each.value.role
  member = google_service_account.doorway[each.value.function].member

  condition {
    title      = "days of jobs only"
    expression = local.days_of_jobs
  }
}

resource "google_storage_bucket_iam_member" "job_reads_days" {
  bucket = google_storage_bucket.evidence.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.job.member

  condition {
    title      = "days of jobs only"
    expression = local.days_of_jobs
  }
}

# Names, times and sizes; no object is read. The buckets are not ours: they have to be there.
resource "google_storage_bucket_iam_member" "list_files" {
  for_each = {
    for pair in setproduct(local.who_may["list-files"], module.derived.file_buckets) :
    "${pair[0]} ${pair[1]}" => { function = pair[0], bucket = pair[1] }
  }
  bucket = each.value.bucket
  role   = "roles/storage.legacyBucketReader"
  member = google_service_account.doorway[each.value.function].member
}
