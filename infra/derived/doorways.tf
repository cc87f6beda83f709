locals {
  # One function each: the topic that is pushed to it, or the cron that calls it, or neither where people and jobs do.
  # `may` are the words of ../rights.tf.
  entries = {
    start-run = {
      topic = "phasegate-start"
      may   = ["state", "publish", "tell-lineage"]
    }
    on-job-finished = {
      topic = "phasegate-job-finished"
      may   = ["state", "publish", "watch-jobs", "run-jobs", "write-own", "tell-lineage"]
    }
    validation-gate = {
      topic = "phasegate-gate-requested"
      may   = ["state", "publish", "read-own", "write-own", "read-data", "write-views", "keep-evidence", "tell-lineage"]
    }
    launch-phase = {
      topic = "phasegate-launch-requested"
      may   = ["state", "publish", "watch-jobs", "run-jobs", "read-own", "read-data", "write-views", "keep-days", "tell-lineage"]
    }
    notify = {
      topic = "phasegate-alerts"
      may   = ["state", "read-secrets"]
    }
    monitor = {
      topic = "phasegate-monitor-due"
      may   = ["state", "publish", "watch-schedules", "watch-figures", "read-own", "write-own", "read-data", "list-files", "keep-evidence"]
    }
    reconcile = {
      cron = "* * * * *"
      may  = ["state", "publish", "watch-figures", "watch-jobs", "run-jobs", "tell-lineage"]
    }
    api = {
      may = ["state", "publish", "watch-schedules", "steer-schedules", "read-own", "read-data", "read-evidence"]
    }
    dashboard = {
      may = ["read-state", "watch-schedules", "read-own", "read-data", "read-evidence"]
    }
  }

  doorways = {
    for function, entry in local.entries : function => {
      name    = "phasegate-${function}${local.suffix}"
      account = "phg-${function}${local.suffix}"
      topic   = try(entry.topic, null)
      may     = entry.may
    }
  }

  monitors = {
    for monitor in try(local.pipeline.monitors, []) : monitor.name => {
      name = "phasegate-monitor-${monitor.name}${local.suffix}"
      cron = monitor.cron
      zone = monitor.timeZone
      body = jsonencode({ monitor = monitor.name, pipeline = local.pipeline.pipeline })
    }
  }

  # Where monitors look for files: gs://BUCKET/FOLDER/.
  file_buckets = distinct(flatten([
    for monitor in try(local.pipeline.monitors, []) : [
      for place in try(monitor.judges.places, []) : split("/", place.folder)[2]
    ]
  ]))

  schedules = {
    for function, entry in local.entries : function => {
      name = "phasegate-${function}${local.suffix}"
      cron = entry.cron
      zone = local.pipeline.timeZone
    } if can(entry.cron)
  }
}

output "monitors" {
  value = local.monitors
}

output "file_buckets" {
  value = local.file_buckets
}

output "doorways" {
  value = local.doorways
}

output "schedules" {
  value = local.schedules
}
