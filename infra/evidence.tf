# Kept for ever: no lifecycle rule, and an object that is replaced or deleted stays as a version.
resource "google_storage_bucket" "evidence" {
  name                        = "${var.project}-phasegate-evidence${local.suffix}"
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = true
  }

  depends_on = [google_project_service.api]
}
