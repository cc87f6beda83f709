locals {
  # Long texts that nobody looks for: an index of them costs writes, and takes 1,500 bytes a value.
  texts = {
    definitions = "text"
    runs        = "state"
    facts       = "event"
    outbox      = "effect"
    alerts      = "record"
    locks       = "held"
    launches    = "text"
    monitors    = "state"
    pauses      = "reason"
  }
}

resource "google_firestore_database" "state" {
  name                              = "phasegate${local.suffix}"
  location_id                       = var.region
  type                              = "FIRESTORE_NATIVE"
  concurrency_mode                  = "OPTIMISTIC"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  deletion_policy                   = "ABANDON"

  depends_on = [google_project_service.api]
}

# A run's facts that nobody has folded yet, oldest first.
resource "google_firestore_index" "inbox" {
  database    = google_firestore_database.state.name
  collection  = "facts"
  query_scope = "COLLECTION"

  fields {
    field_path = "folded"
    order      = "ASCENDING"
  }

  fields {
    field_path = "posted"
    order      = "ASCENDING"
  }
}

resource "google_firestore_field" "unindexed" {
  for_each   = local.texts
  database   = google_firestore_database.state.name
  collection = each.key
  field      = each.value

  index_config {}
}

resource "google_firestore_field" "alerts_end" {
  database   = google_firestore_database.state.name
  collection = "alerts"
  field      = "expires"

  ttl_config {}
}
