import { z } from 'zod';

/** A message as it was pushed. */
export type Pushed = Readonly<{
  messageId: string;
  /** The body as it was published; empty for a message of attributes only. */
  text: string;
  attributes: Readonly<Record<string, string>>;
}>;

const content = z.object({
  data: z.string().default(''),
  attributes: z.record(z.string(), z.string()).nullish(),
});
const cloudEvent = z.object({ id: z.string().min(1), data: z.object({ message: content }) });
const rawPush = z.object({ message: content.extend({ messageId: z.string().min(1) }) });

/**
 * Reads a CloudEvent of Pub/Sub, or the body of a push as functions-framework leaves it where a message has no data.
 * Null for anything else: Pub/Sub did not send it.
 */
export function readPush(event: unknown): Pushed | null {
  const asEvent = cloudEvent.safeParse(event);
  if (asEvent.success) return pushed(asEvent.data.id, asEvent.data.data.message);
  const asPush = rawPush.safeParse(event);
  if (!asPush.success) return null;
  return pushed(asPush.data.message.messageId, asPush.data.message);
}

function pushed(messageId: string, { data, attributes }: z.output<typeof content>): Pushed {
  return {
    messageId,
    text: Buffer.from(data, 'base64').toString('utf8'),
    attributes: attributes ?? {},
  };
}
