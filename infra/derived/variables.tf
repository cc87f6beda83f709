variable "pipeline" {
  description = "The pipeline's YAML file, the one that the functions read too."
  type        = string
}

variable "environment" {
  description = "Last part of every name; empty where a project holds one environment only."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z][a-z0-9]{0,9})?$", var.environment))
    error_message = "The environment is empty or a word of at most 10 lower-case letters and digits, such as prod."
  }
}
