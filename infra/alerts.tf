resource "google_monitoring_notification_channel" "email" {
  for_each     = var.alert_emails
  display_name = "Phasegate: ${each.key}"
  type         = "email"

  labels = {
    email_address = each.key
  }
}

locals {
  channels = [for each in google_monitoring_notification_channel.email : each.id]

  subscription = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id"
}

resource "google_monitoring_alert_policy" "dead_letters" {
  for_each              = local.topics
  display_name          = "${each.value.dead}: messages that could not be handled"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  documentation {
    content = "`gcloud pubsub subscriptions pull ${each.value.dead} --limit=10 --project=${var.project}` shows what died, and why, and leaves it where it is. The trouble mended, publish the same body to ${each.value.name} again."
  }

  conditions {
    display_name = "a dead letter waits"

    condition_threshold {
      filter          = "${local.subscription}=\"${each.value.dead}\" AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  depends_on = [google_pubsub_subscription.dead]
}

resource "google_monitoring_alert_policy" "oldest_unacked" {
  for_each              = local.pushed
  display_name          = "${local.topics[each.value.topic].name}: a message has waited for 15 minutes"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "the oldest message is older than 15 minutes"

    condition_threshold {
      filter          = "${local.subscription}=\"${local.topics[each.value.topic].name}\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      comparison      = "COMPARISON_GT"
      threshold_value = 900
      duration        = "60s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  depends_on = [google_pubsub_subscription.push]
}

resource "google_monitoring_alert_policy" "reconcile_silent" {
  display_name          = "${local.doorways["reconcile"].name}: silent for 15 minutes"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  documentation {
    content = "Nobody looks for lost messages, pauses and deadlines that are over. Look at the function's log and at the Scheduler job."
  }

  conditions {
    display_name = "no call has ended well"

    condition_absent {
      filter   = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${local.doorways["reconcile"].name}\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"2xx\""
      duration = "900s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  depends_on = [google_cloudfunctions2_function.doorway]
}
