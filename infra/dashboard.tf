locals {
  of_functions = "resource.type=\"cloud_run_revision\" resource.label.service_name=monitoring.regex.full_match(\"phasegate-.*\")"
  of_jobs      = "resource.type=\"cloud_run_job\" resource.label.job_name=monitoring.regex.full_match(\"phasegate-.*\")"
  of_messages  = "resource.type=\"pubsub_subscription\" resource.label.subscription_id=monitoring.regex.full_match(\"phasegate-.*\")"

  charts = {
    "Dead letters"                      = { filter = "${local.of_messages} resource.label.subscription_id=monitoring.regex.full_match(\".*-dead.*\") metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\"", aligner = "ALIGN_MAX", by = "resource.label.subscription_id" }
    "Oldest message that waits, s"      = { filter = "${local.of_messages} metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\"", aligner = "ALIGN_MAX", by = "resource.label.subscription_id" }
    "Calls of functions, by answer"     = { filter = "${local.of_functions} metric.type=\"run.googleapis.com/request_count\"", aligner = "ALIGN_RATE", by = "metric.label.response_code_class" }
    "Slowest calls of functions, ms"    = { filter = "${local.of_functions} metric.type=\"run.googleapis.com/request_latencies\"", aligner = "ALIGN_PERCENTILE_99", by = "resource.label.service_name" }
    "Jobs that run"                     = { filter = "${local.of_jobs} metric.type=\"run.googleapis.com/job/running_executions\"", aligner = "ALIGN_MAX", by = "resource.label.job_name" }
    "Executions that ended, by outcome" = { filter = "${local.of_jobs} metric.type=\"run.googleapis.com/job/completed_execution_count\"", aligner = "ALIGN_DELTA", by = "metric.label.result" }
    "Gates that refused"                = { filter = "resource.type=\"cloud_run_revision\" metric.type=\"logging.googleapis.com/user/${google_logging_metric.told["gate-blocked"].name}\"", aligner = "ALIGN_DELTA", by = "resource.label.service_name" }
    "Runs that are stuck"               = { filter = "resource.type=\"cloud_run_revision\" metric.type=\"logging.googleapis.com/user/${google_logging_metric.told["run-stuck"].name}\"", aligner = "ALIGN_DELTA", by = "resource.label.service_name" }
  }
}

resource "google_monitoring_dashboard" "phasegate" {
  dashboard_json = jsonencode({
    displayName = "Phasegate${local.suffix}"
    gridLayout = {
      columns = 2
      widgets = [
        for title, chart in local.charts : {
          title = title
          xyChart = {
            dataSets = [{
              plotType = "LINE"
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = chart.filter
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = chart.aligner
                    crossSeriesReducer = "REDUCE_SUM"
                    groupByFields      = [chart.by]
                  }
                }
              }
            }]
          }
        }
      ]
    }
  })
}
