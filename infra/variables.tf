variable "project" {
  description = "Id of the Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where functions, jobs, the schedule and the state are."
  type        = string
}

variable "location" {
  description = "Where the warehouse's datasets and the evidence are, such as US or europe-west1. Cannot be changed later."
  type        = string
}

variable "environment" {
  description = "Last part of every name; empty where a project holds one environment only."
  type        = string
  default     = ""
}

variable "pipeline" {
  description = "The pipeline, as its path in the repository and in the deployed source."
  type        = string
  default     = "shared/pipelines/nba.yaml"
}

variable "deploy_bucket" {
  description = "Bucket that holds the deployed sources."
  type        = string
}

variable "source_object" {
  description = "The deployed source in that bucket: one for all functions."
  type        = string
}

variable "job_image" {
  description = "The image of the jobs that ship, by digest; a program of one's own has its image in the pipeline."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.job_image))
    error_message = "The image is named by its digest: REGION-docker.pkg.dev/PROJECT/REPOSITORY/NAME@sha256:…"
  }
}

variable "code_version" {
  description = "The commit that is deployed."
  type        = string
}

variable "hold_traffic" {
  description = "Whether new revisions wait for `infra/release.sh` before they get traffic."
  type        = bool
  default     = false
}

variable "operators" {
  description = "Who may call the API, as IAM members: user:ana@example.com. No groups: the API writes down who asked."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.operators : can(regex("^(user|serviceAccount):", each))])
    error_message = "Operators are people or service accounts; nobody is let in without a name of their own."
  }
}

variable "readers" {
  description = "Who may read runs, reports and the page, and change nothing, as IAM members: user:ben@example.com. No groups."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.readers : can(regex("^(user|serviceAccount):", each))])
    error_message = "Readers are people or service accounts; nobody is let in without a name of their own."
  }
}

variable "page" {
  description = "The page's address in alerts, where people reach it by another one than the function's own: https://gate.example.com."
  type        = string
  default     = ""

  validation {
    condition     = var.page == "" || can(regex("^https://[^[:space:]?#]*[^[:space:]?#/]$", var.page))
    error_message = "An https address without a slash at its end."
  }
}

variable "starters" {
  description = "Who may start runs by a message, as IAM members."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.starters : can(regex("^(user|group|serviceAccount):", each))])
    error_message = "Starters are people, groups or service accounts; nobody is let in without a name."
  }
}

variable "notify_by" {
  description = "The secrets that `notify` gets: SLACK_WEBHOOK_URL, SMTP_URL, and others that channels of the pipeline name, such as SLACK_WEBHOOK_URL_ONCALL. Each must have a version first."
  type        = set(string)

  validation {
    condition     = length(var.notify_by) > 0
    error_message = "An alert would reach nobody: name SLACK_WEBHOOK_URL, SMTP_URL or both."
  }

  validation {
    condition     = alltrue([for each in var.notify_by : can(regex("^(SLACK_WEBHOOK_URL|SMTP_URL)(_[A-Z0-9]+)*$", each))])
    error_message = "Known are SLACK_WEBHOOK_URL and SMTP_URL, and names that begin with one of them and _."
  }
}

variable "mail_from" {
  description = "Who mails of alerts come from; needed with a secret SMTP_URL."
  type        = string
  default     = ""

  validation {
    condition     = alltrue([for each in var.notify_by : !startswith(each, "SMTP_URL")]) || can(regex("^[^@ ]+@[^@ ]+$", var.mail_from))
    error_message = "SMTP_URL needs an address that the mails come from."
  }
}

variable "mail_to" {
  description = "Who gets mails of alerts, but those of channels that name their readers; needed with a secret SMTP_URL."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.notify_by : !startswith(each, "SMTP_URL")]) || length(var.mail_to) > 0
    error_message = "SMTP_URL needs somebody to write to."
  }
}

variable "otlp_endpoint" {
  description = "Where the functions send their spans and figures, by OTLP over HTTP without a token: https://collector.example.com. Empty: nowhere."
  type        = string
  default     = ""

  validation {
    condition     = var.otlp_endpoint == "" || can(regex("^https?://[^@?#]+$", var.otlp_endpoint))
    error_message = "An http address without its path /v1/traces, and without a user or a token in it."
  }
}

variable "lineage_url" {
  description = "Who is told of runs by OpenLineage, without the path: https://marquez.example.com. Empty: nobody."
  type        = string
  default     = ""

  validation {
    condition     = var.lineage_url == "" || can(regex("^https?://[^@?#]+$", var.lineage_url))
    error_message = "An http address without a user or a key in it."
  }
}

variable "lineage_key" {
  description = "Whether that receiver wants a key, the secret OPENLINEAGE_API_KEY."
  type        = bool
  default     = false
}

variable "alert_emails" {
  description = "Who is told by Cloud Monitoring itself, whatever has become of the functions."
  type        = set(string)

  validation {
    condition     = length(var.alert_emails) > 0
    error_message = "When notify itself fails, an alert would reach nobody: name somebody."
  }
}

variable "create_pipeline_datasets" {
  description = "Whether Terraform makes the datasets that the pipeline writes; else they are there already, and yours."
  type        = bool
  default     = false
}
