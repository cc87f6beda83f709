locals {
  tables = flatten([for phase in local.pipeline.phases : phase.tables])

  job_minutes = try(local.pipeline.deadlines.jobMinutes, local.system.jobMinutes)

  jobs = {
    for table in local.tables : table.name => {
      name    = lower(replace("phasegate-${table.name}${local.suffix}", "/[._]/", "-"))
      minutes = try(table.job.deadlineMinutes, local.job_minutes)
    }
  }

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
