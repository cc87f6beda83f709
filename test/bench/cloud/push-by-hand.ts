import { PROJECT } from './place.ts';

/** A message as Pub/Sub pushes it: https://cloud.google.com/pubsub/docs/push#receive_push. */
export type PushedMessage = Readonly<{
  topic: string;
  messageId: string;
  text: string;
  attributes: Readonly<Record<string, string>>;
}>;

/** Pushes a message to a function. @throws Error when it is not acknowledged */
export async function pushByHand(url: string, pushed: PushedMessage): Promise<void> {
  const { topic, messageId, text, attributes } = pushed;
  const message = {
    messageId,
    publishTime: new Date().toISOString(),
    data: Buffer.from(text).toString('base64'),
    attributes,
  };
  const subscription = `projects/${PROJECT}/subscriptions/${topic}`;
  const response = await fetch(`${url}/projects/${PROJECT}/topics/${topic}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ subscription, message }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${topic} answered ${response.status}: ${answer}`);
}
