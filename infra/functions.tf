locals {
  runtime = "nodejs24"

  source = {
    bucket = var.deploy_bucket
    object = var.source_object
  }

  named_environment = var.environment == "" ? {} : { PHASEGATE_ENVIRONMENT = var.environment }

  spans_environment = var.otlp_endpoint == "" ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint }

  function_environment = merge(local.named_environment, local.spans_environment, {
    PHASEGATE_PROJECT         = var.project
    PHASEGATE_REGION          = var.region
    PHASEGATE_LOCATION        = var.location
    PHASEGATE_PIPELINE        = var.pipeline
    PHASEGATE_DATABASE        = google_firestore_database.state.name
    PHASEGATE_EVIDENCE_BUCKET = google_storage_bucket.evidence.name
    PHASEGATE_JOB_IMAGE       = var.job_image
    PHASEGATE_VERSION         = var.code_version

    # Where the source is when it is built and when it runs; its script gcp-build fills the folder.
    NODE_COMPILE_CACHE = "/workspace/compiled"
  })

  # The api and the dashboard see who calls by address alone.
  people_environment = {
    PHASEGATE_OPERATORS = join(",", [for each in var.operators : split(":", each)[1]])
    PHASEGATE_READERS   = join(",", [for each in var.readers : split(":", each)[1]])
  }

  api_environment = {
    PHASEGATE_JOB_ACCOUNTS = google_service_account.job.email
  }

  lineage_environment = var.lineage_url == "" ? {} : { OPENLINEAGE_URL = var.lineage_url }

  page_environment = {
    PHASEGATE_PAGE = var.page == "" ? google_cloudfunctions2_function.dashboard.service_config[0].uri : var.page
  }

  mail_environment = anytrue([for each in var.notify_by : startswith(each, "SMTP_URL")]) ? {
    PHASEGATE_MAIL_FROM = var.mail_from
    PHASEGATE_MAIL_TO   = join(",", var.mail_to)
  } : {}
}

resource "google_service_account" "doorway" {
  for_each     = local.doorways
  account_id   = each.value.account
  display_name = "Phasegate: function ${each.key}"
}

# Apart from the others because they are told its address.
resource "google_cloudfunctions2_function" "api" {
  name     = local.doorways["api"].name
  location = var.region

  build_config {
    runtime         = local.runtime
    entry_point     = "api"
    service_account = google_service_account.build.id

    source {
      storage_source {
        bucket = local.source.bucket
        object = local.source.object
      }
    }
  }

  service_config {
    service_account_email            = google_service_account.doorway["api"].email
    environment_variables            = merge(local.function_environment, local.people_environment, local.api_environment)
    ingress_settings                 = "ALLOW_ALL"
    all_traffic_on_latest_revision   = !var.hold_traffic
    available_cpu                    = "1"
    available_memory                 = "512Mi"
    timeout_seconds                  = 60
    max_instance_count               = 10
    max_instance_request_concurrency = 40
  }

  depends_on = [google_project_iam_member.build, google_project_iam_member.build_reads]
}

# Apart from the others because notify is told its address.
resource "google_cloudfunctions2_function" "dashboard" {
  name     = local.doorways["dashboard"].name
  location = var.region

  build_config {
    runtime         = local.runtime
    entry_point     = "dashboard"
    service_account = google_service_account.build.id

    source {
      storage_source {
        bucket = local.source.bucket
        object = local.source.object
      }
    }
  }

  service_config {
    service_account_email            = google_service_account.doorway["dashboard"].email
    environment_variables            = merge(local.function_environment, local.people_environment)
    ingress_settings                 = "ALLOW_ALL"
    all_traffic_on_latest_revision   = !var.hold_traffic
    available_cpu                    = "1"
    available_memory                 = "512Mi"
    timeout_seconds                  = 60
    max_instance_count               = 3
    max_instance_request_concurrency = 20
  }

  depends_on = [google_project_iam_member.build, google_project_iam_member.build_reads]
}

resource "google_cloudfunctions2_function" "doorway" {
  for_each = { for function, each in local.doorways : function => each if !contains(["api", "dashboard"], function) }
  name     = each.value.name
  location = var.region

  build_config {
    runtime         = local.runtime
    entry_point     = each.key
    service_account = google_service_account.build.id

    source {
      storage_source {
        bucket = local.source.bucket
        object = local.source.object
      }
    }
  }

  service_config {
    service_account_email = google_service_account.doorway[each.key].email
    environment_variables = merge(local.function_environment, each.key == "notify" ? merge(local.page_environment, local.mail_environment) : {}, contains(each.value.may, "tell-lineage") ? local.lineage_environment : {}, {
      PHASEGATE_API = google_cloudfunctions2_function.api.service_config[0].uri
    })
    ingress_settings                 = "ALLOW_ALL"
    all_traffic_on_latest_revision   = !var.hold_traffic
    available_cpu                    = "1"
    available_memory                 = "512Mi"
    timeout_seconds                  = 150
    max_instance_count               = each.key == "reconcile" ? 1 : 10
    max_instance_request_concurrency = each.key == "reconcile" ? 1 : 8

    dynamic "secret_environment_variables" {
      for_each = contains(each.value.may, "read-secrets") ? var.notify_by : []

      content {
        key        = secret_environment_variables.value
        project_id = var.project
        secret     = google_secret_manager_secret.notifier[secret_environment_variables.value].secret_id
        version    = "latest"
      }
    }

    dynamic "secret_environment_variables" {
      for_each = var.lineage_key && contains(each.value.may, "tell-lineage") ? ["OPENLINEAGE_API_KEY"] : []

      content {
        key        = secret_environment_variables.value
        project_id = var.project
        secret     = google_secret_manager_secret.lineage[0].secret_id
        version    = "latest"
      }
    }
  }

  depends_on = [
    google_project_iam_member.build,
    google_project_iam_member.build_reads,
    google_secret_manager_secret_iam_member.notify_reads,
    google_secret_manager_secret_iam_member.tell_lineage,
  ]
}

resource "google_cloud_run_v2_service_iam_member" "person_calls_api" {
  for_each = setunion(var.operators, var.readers)
  location = var.region
  name     = google_cloudfunctions2_function.api.name
  role     = "roles/run.invoker"
  member   = each.key
}

resource "google_cloud_run_v2_service_iam_member" "job_calls_api" {
  location = var.region
  name     = google_cloudfunctions2_function.api.name
  role     = "roles/run.invoker"
  member   = google_service_account.job.member
}

resource "google_cloud_run_v2_service_iam_member" "person_opens_page" {
  for_each = setunion(var.operators, var.readers)
  location = var.region
  name     = google_cloudfunctions2_function.dashboard.name
  role     = "roles/run.invoker"
  member   = each.key
}

# Nobody but people opens the page, so a new revision of it is tried by itself.
resource "google_cloud_run_v2_service_iam_member" "dashboard_calls_itself" {
  location = var.region
  name     = google_cloudfunctions2_function.dashboard.name
  role     = "roles/run.invoker"
  member   = google_service_account.doorway["dashboard"].member
}
