/** The topics of the system; every one has a dead-letter topic, its name with `-dead`. */
export const TOPICS = [
  'phasegate-start',
  'phasegate-job-finished',
  'phasegate-gate-requested',
  'phasegate-launch-requested',
  'phasegate-monitor-due',
  'phasegate-alerts',
] as const;
export type Topic = (typeof TOPICS)[number];

/** One delivery of one message. */
export type Delivery = Readonly<{
  /** The same for every delivery of the same message. */
  messageId: string;
  /** The body as it was published; it may be anything. */
  data: string;
}>;

/**
 * Handles a delivery. Returning acknowledges it. Throwing PhasegateError `invalid-input` sends it
 * to the dead-letter topic at once, with the reason; throwing anything else has it delivered again.
 */
export type Handler = (delivery: Delivery) => Promise<void>;

/** Carries messages at least once: late, twice and out of order are normal. */
export interface Bus {
  /** Durable when it returns. @returns the message id */
  publish(topic: Topic, body: unknown): Promise<string>;
}
