output "start_topic" {
  description = "Where a start message goes."
  value       = local.topics["phasegate-start"].name
}

output "api" {
  description = "The API's address; who calls it is in `operators`."
  value       = google_cloudfunctions2_function.api.service_config[0].uri
}

output "page" {
  description = "The page's address; who opens it is in `operators` and `readers`."
  value       = google_cloudfunctions2_function.dashboard.service_config[0].uri
}

output "evidence_bucket" {
  value = google_storage_bucket.evidence.name
}

output "functions" {
  description = "The functions' Cloud Run services."
  value       = [for each in local.doorways : each.name]
}
