resource "google_service_account" "push" {
  account_id   = "phg-push${local.suffix}"
  display_name = "Phasegate: who Pub/Sub is when it calls a function"
}

# Needed in projects from before April 2021 only: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
resource "google_service_account_iam_member" "pubsub_signs_as_push" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.agents.pubsub
}

resource "google_pubsub_subscription" "push" {
  for_each                   = local.pushed
  name                       = local.topics[each.value.topic].name
  topic                      = google_pubsub_topic.topic[each.value.topic].id
  ack_deadline_seconds       = 600
  message_retention_duration = "604800s"

  push_config {
    # The path carries the topic: functions-framework reads it from there.
    push_endpoint = "${google_cloudfunctions2_function.doorway[each.key].service_config[0].uri}/${google_pubsub_topic.topic[each.value.topic].id}"

    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = google_cloudfunctions2_function.doorway[each.key].service_config[0].uri
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead[each.value.topic].id
    max_delivery_attempts = 12
  }

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription_iam_member" "dead_letters_leave" {
  for_each     = local.pushed
  subscription = google_pubsub_subscription.push[each.key].id
  role         = "roles/pubsub.subscriber"
  member       = local.agents.pubsub
}

resource "google_cloud_run_v2_service_iam_member" "push_calls" {
  for_each = local.pushed
  location = var.region
  name     = google_cloudfunctions2_function.doorway[each.key].name
  role     = "roles/run.invoker"
  member   = google_service_account.push.member
}
