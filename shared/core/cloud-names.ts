/**
 * What a topic of the system is called in the cloud, and its push subscription: `phasegate-start`, with an
 * environment `phasegate-start-prod`. Terraform makes the same names.
 */
export function topicName(topic: string, environment = ''): string {
  return environment === '' ? topic : `${topic}-${environment}`;
}

/** The topic of a topic's dead letters, and the subscription that keeps them: `phasegate-start-dead-prod`. */
export function deadTopicName(topic: string, environment = ''): string {
  return topicName(`${topic}-dead`, environment);
}
