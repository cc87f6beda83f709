resource "google_pubsub_topic" "topic" {
  for_each = local.topics
  name     = each.value.name

  depends_on = [google_project_service.api]
}

resource "google_pubsub_topic" "dead" {
  for_each = local.topics
  name     = each.value.dead

  depends_on = [google_project_service.api]
}

# Keeps dead letters until somebody has looked at them; Pub/Sub keeps none for longer than 31 days.
resource "google_pubsub_subscription" "dead" {
  for_each                   = local.topics
  name                       = each.value.dead
  topic                      = google_pubsub_topic.dead[each.key].id
  message_retention_duration = "2678400s"
  ack_deadline_seconds       = 60

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_topic_iam_member" "dead_letters_arrive" {
  for_each = local.topics
  topic    = google_pubsub_topic.dead[each.key].id
  role     = "roles/pubsub.publisher"
  member   = local.agents.pubsub
}

resource "google_pubsub_topic_iam_member" "starter" {
  for_each = var.starters
  topic    = google_pubsub_topic.topic["phasegate-start"].id
  role     = "roles/pubsub.publisher"
  member   = each.key
}
