locals {
  job_names = join(" OR ", [for job in local.jobs : "\"${job.name}\""])
}

# Cloud Run says in the audit log that an execution has ended: https://cloud.google.com/run/docs/audit-logging
resource "google_logging_project_sink" "job_finished" {
  name                   = "phasegate-job-finished${local.suffix}"
  destination            = "pubsub.googleapis.com/${google_pubsub_topic.topic["phasegate-job-finished"].id}"
  unique_writer_identity = true

  filter = <<-EOT
    log_id("cloudaudit.googleapis.com/system_event")
    resource.type="cloud_run_job"
    resource.labels.location="${var.region}"
    resource.labels.job_name=(${local.job_names})
    protoPayload.methodName="/Jobs.RunJob"
  EOT
}

resource "google_pubsub_topic_iam_member" "sink_tells" {
  topic  = google_pubsub_topic.topic["phasegate-job-finished"].id
  role   = "roles/pubsub.publisher"
  member = google_logging_project_sink.job_finished.writer_identity
}
