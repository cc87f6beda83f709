# What each word of `may` (derived/doorways.tf) stands for. A function has these rights, and no others.
locals {
  who_may = {
    for word in distinct(flatten([for each in local.doorways : each.may])) :
    word => toset([for function, each in local.doorways : function if contains(each.may, word)])
  }

  asks_bigquery = toset([
    for function, each in local.doorways : function
    if length(setintersection(each.may, ["read-own", "write-own", "read-data", "write-views"])) > 0
  ])

  # Every function publishes what follows from a fact, and lays aside what it cannot read.
  published = flatten([
    for function in local.who_may["publish"] : [
      for key, topic in local.topics : { function = function, topic = key, dead = false }
    ]
  ])

  laid_aside = { for function, each in local.pushed : function => each.topic }
}

resource "google_project_iam_member" "state" {
  for_each = local.who_may["state"]
  project  = var.project
  role     = "roles/datastore.user"
  member   = google_service_account.doorway[each.key].member

  condition {
    title      = "this database only"
    expression = "resource.name == \"projects/${var.project}/databases/${google_firestore_database.state.name}\""
  }
}

resource "google_project_iam_member" "read_state" {
  for_each = local.who_may["read-state"]
  project  = var.project
  role     = "roles/datastore.viewer"
  member   = google_service_account.doorway[each.key].member

  condition {
    title      = "this database only"
    expression = "resource.name == \"projects/${var.project}/databases/${google_firestore_database.state.name}\""
  }
}

resource "google_project_iam_member" "traces" {
  for_each = local.doorways
  project  = var.project
  role     = "roles/cloudtrace.agent"
  member   = google_service_account.doorway[each.key].member
}

resource "google_pubsub_topic_iam_member" "publish" {
  for_each = { for each in local.published : "${each.function} ${each.topic}" => each }
  topic    = google_pubsub_topic.topic[each.value.topic].id
  role     = "roles/pubsub.publisher"
  member   = google_service_account.doorway[each.value.function].member
}

resource "google_pubsub_topic_iam_member" "lay_aside" {
  for_each = local.laid_aside
  topic    = google_pubsub_topic.dead[each.value].id
  role     = "roles/pubsub.publisher"
  member   = google_service_account.doorway[each.key].member
}

resource "google_project_iam_member" "watch_jobs" {
  for_each = local.who_may["watch-jobs"]
  project  = var.project
  role     = "roles/run.viewer"
  member   = google_service_account.doorway[each.key].member
}

resource "google_project_iam_member" "watch_schedules" {
  for_each = local.who_may["watch-schedules"]
  project  = var.project
  role     = "roles/cloudscheduler.viewer"
  member   = google_service_account.doorway[each.key].member
}

# What Google has for it, roles/cloudscheduler.admin, could make schedules as well, and change what they call.
resource "google_project_iam_custom_role" "steer_schedules" {
  project     = var.project
  role_id     = "phasegateSchedules${title(var.environment)}"
  title       = "Phasegate: schedules are paused, resumed and called"
  permissions = ["cloudscheduler.jobs.pause", "cloudscheduler.jobs.enable", "cloudscheduler.jobs.run"]
}

resource "google_project_iam_member" "steer_schedules" {
  for_each = local.who_may["steer-schedules"]
  project  = var.project
  role     = google_project_iam_custom_role.steer_schedules.id
  member   = google_service_account.doorway[each.key].member
}

# How many dead letters wait is a figure of Cloud Monitoring, which are read by project.
resource "google_project_iam_member" "watch_figures" {
  for_each = local.who_may["watch-figures"]
  project  = var.project
  role     = "roles/monitoring.viewer"
  member   = google_service_account.doorway[each.key].member
}

resource "google_secret_manager_secret_iam_member" "tell_lineage" {
  for_each  = var.lineage_key ? local.who_may["tell-lineage"] : toset([])
  secret_id = google_secret_manager_secret.lineage[0].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.doorway[each.key].member
}

resource "google_cloud_run_v2_job_iam_member" "run_jobs" {
  for_each = {
    for pair in setproduct(local.who_may["run-jobs"], keys(local.jobs)) :
    "${pair[0]} ${pair[1]}" => { function = pair[0], table = pair[1] }
  }
  location = var.region
  name     = google_cloud_run_v2_job.job[each.value.table].name
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = google_service_account.doorway[each.value.function].member
}

resource "google_project_iam_member" "ask_bigquery" {
  for_each = local.asks_bigquery
  project  = var.project
  role     = "roles/bigquery.jobUser"
  member   = google_service_account.doorway[each.key].member
}

resource "google_bigquery_dataset_iam_member" "read_own" {
  for_each   = local.who_may["read-own"]
  dataset_id = google_bigquery_dataset.own.dataset_id
  role       = "roles/bigquery.dataViewer"
  member     = google_service_account.doorway[each.key].member
}

resource "google_bigquery_dataset_iam_member" "write_own" {
  for_each   = local.who_may["write-own"]
  dataset_id = google_bigquery_dataset.own.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.doorway[each.key].member
}

resource "google_bigquery_dataset_iam_member" "read_data" {
  for_each = {
    for pair in setproduct(local.who_may["read-data"], module.derived.read_datasets) :
    "${pair[0]} ${pair[1]}" => { function = pair[0], dataset = pair[1] }
  }
  dataset_id = each.value.dataset
  role       = "roles/bigquery.dataViewer"
  member     = google_service_account.doorway[each.value.function].member

  depends_on = [google_bigquery_dataset.pipeline]
}

resource "google_bigquery_dataset_iam_member" "write_views" {
  for_each = {
    for pair in setproduct(local.who_may["write-views"], module.derived.verified_datasets) :
    "${pair[0]} ${pair[1]}" => { function = pair[0], dataset = pair[1] }
  }
  dataset_id = google_bigquery_dataset.verified[each.value.dataset].dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.doorway[each.value.function].member
}
