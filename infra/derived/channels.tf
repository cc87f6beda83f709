locals {
  # The secrets that the pipeline's channels need; a channel that names none has that of its kind.
  channel_secrets = toset([
    for channel in values(try(local.pipeline.alerts.channels, {})) :
    try(channel.secret, channel.by == "slack" ? "SLACK_WEBHOOK_URL" : "SMTP_URL")
    if channel.by != "console"
  ])
}

output "channel_secrets" {
  value = local.channel_secrets
}
