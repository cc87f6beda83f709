# Somebody else than the digest says that it did not come: `reconcile` logs its age each minute. Buckets of an hour, so that
# 26 h is the edge of one.
resource "google_logging_metric" "digest_age" {
  name        = "phasegate/seconds_since_last_digest${local.suffix}"
  description = "How old the last digest is, in seconds."

  filter = <<-EOT
    resource.type="cloud_run_revision"
    resource.labels.service_name="${local.doorways["reconcile"].name}"
    jsonPayload.event="digest-age"
  EOT

  value_extractor = "EXTRACT(jsonPayload.seconds_since_last_digest)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"
  }

  bucket_options {
    linear_buckets {
      num_finite_buckets = 100
      width              = 3600
      offset             = 0
    }
  }
}

resource "google_monitoring_alert_policy" "digest_silent" {
  display_name          = "phasegate${local.suffix}: no digest for 26 hours"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  documentation {
    content = "The digest comes each day, also when nothing is wrong: now nothing that monitors would say is heard. Look at the Scheduler job of the digest, at the dead letters of phasegate-monitor-due, and at the logs of monitor and notify."
  }

  conditions {
    display_name = "the last digest is older than 26 hours"

    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.digest_age.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 93600
      duration        = "0s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_PERCENTILE_50"
        cross_series_reducer = "REDUCE_MAX"
      }
    }
  }
}
