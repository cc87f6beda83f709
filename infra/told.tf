# What the functions say of runs in their structured logs, as `event`.
locals {
  told = {
    run-stuck      = "a run is stuck: it is past its deadline, or nobody can look after it"
    gate-blocked   = "a gate has refused a table or a phase"
    channel-failed = "a channel of alerts takes no messages"
  }
}

resource "google_logging_metric" "told" {
  for_each    = local.told
  name        = "phasegate/${each.key}${local.suffix}"
  description = "How often the functions said: ${each.value}"

  filter = <<-EOT
    resource.type="cloud_run_revision"
    resource.labels.service_name=(${join(" OR ", [for each in local.doorways : "\"${each.name}\""])})
    jsonPayload.event="${each.key}"
  EOT

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }
}

resource "google_monitoring_alert_policy" "told" {
  for_each              = local.told
  display_name          = "phasegate${local.suffix}: ${each.value}"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  documentation {
    content = "The log entry `${each.key}` of notify names the run or the channel, and says why; `GET /v1/runs/RUN` of the API (docs/deploy.md) tells where it stands."
  }

  conditions {
    display_name = each.key

    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.told[each.key].name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}
