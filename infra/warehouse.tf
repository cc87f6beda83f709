# What the code calls its dataset; it has no environment in its name, as the pipeline's own have none.
resource "google_bigquery_dataset" "own" {
  dataset_id  = one(distinct([for table in module.derived.system_tables : table.dataset]))
  location    = var.location
  description = "Phasegate: profiles, run history, gates. Evidence rests on it: nothing in it expires."

  depends_on = [google_project_service.api]
}

resource "google_bigquery_table" "own" {
  for_each            = module.derived.system_tables
  dataset_id          = google_bigquery_dataset.own.dataset_id
  table_id            = each.value.table
  schema              = jsonencode(each.value.schema)
  deletion_protection = true

  time_partitioning {
    type  = "DAY"
    field = each.value.dayColumn
  }
}

# Views of the verified days, replaced when a gate passes.
resource "google_bigquery_dataset" "verified" {
  for_each    = toset(module.derived.verified_datasets)
  dataset_id  = each.key
  location    = var.location
  description = "Phasegate: views of the days that a gate has verified"

  depends_on = [google_project_service.api]
}

resource "google_bigquery_dataset" "pipeline" {
  for_each   = toset(var.create_pipeline_datasets ? module.derived.read_datasets : [])
  dataset_id = each.key
  location   = var.location

  depends_on = [google_project_service.api]
}
