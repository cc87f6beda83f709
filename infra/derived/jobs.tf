locals {
  tables = flatten([for phase in local.pipeline.phases : phase.tables])

  job_minutes = try(local.pipeline.deadlines.jobMinutes, local.system.jobMinutes)

  jobs = {
    for table in local.tables : table.name => {
      name    = lower(replace("phasegate-${table.name}${local.suffix}", "/[._]/", "-"))
      minutes = try(table.job.deadlineMinutes, local.job_minutes)
      image   = try(table.job.program.image, null)
      args    = can(table.job.program) ? try(table.job.program.args, []) : [table.name]
      cpu     = try(table.job.cpu, "1")
      memory  = try(table.job.memory, "512Mi")
    }
  }

  # Programs of one's own that Cloud Run could not run, or that would be another one tomorrow.
  unpinned = [
    for table in local.tables : table.name
    if can(table.job.program) && !can(regex("@sha256:[0-9a-f]{64}$", table.job.program.image))
  ]

  written_datasets = distinct([for table in local.tables : split(".", table.name)[0]])

  read_datasets = distinct([
    for name in concat(
      [local.pipeline.calendar.schedule],
      [for source in local.pipeline.sources : source.name],
      flatten([for table in local.tables : [for need in table.needs : need.of]]),
      [for table in local.tables : table.name],
    ) : split(".", name)[0]
  ])

  verified_datasets = distinct([
    for table in local.tables : "${split(".", table.name)[0]}_verified"
    if try(table.publish, "") == "verified"
  ])
}

output "jobs" {
  value = local.jobs

  precondition {
    condition     = length(distinct([for job in local.jobs : job.name])) == length(local.tables)
    error_message = "Two tables of the pipeline would have one and the same Cloud Run job, or are one table."
  }

  precondition {
    condition     = alltrue([for job in local.jobs : length(job.name) <= 63])
    error_message = "Cloud Run takes names of at most 63 characters: give the table a shorter one."
  }

  precondition {
    condition     = length(local.unpinned) == 0
    error_message = "These tables are written by programs without an image by its digest, job.program.image: ${join(", ", local.unpinned)}. Set it to REGION-docker.pkg.dev/PROJECT/REPOSITORY/NAME@sha256:…"
  }
}

output "written_datasets" {
  value = local.written_datasets
}

output "read_datasets" {
  value = local.read_datasets
}

output "verified_datasets" {
  value = local.verified_datasets
}
