import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import type { Bus } from '../../ports/bus.ts';

const answerSchema = z.object({ messageIds: z.array(z.string()).nonempty() });

/** The bus of the process that owns the world, over its Pub/Sub-shaped route. */
export function remoteBus(url: string): Bus {
  return {
    async publish(topic, body) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const data = Buffer.from(text).toString('base64');
      const response = await fetch(`${url}/v1/projects/local/topics/${topic}:publish`, {
        method: 'POST',
        body: JSON.stringify({ messages: [{ data }] }),
      }).catch((error: unknown) => {
        throw new PhasegateError('unavailable', `the owner of this world does not answer`, error);
      });
      if (response.status >= 500) {
        throw new PhasegateError('unavailable', `publish to ${topic}: ${await response.text()}`);
      }
      if (!response.ok) {
        throw new PhasegateError('invalid-input', `publish to ${topic}: ${await response.text()}`);
      }
      return answerSchema.parse(await response.json()).messageIds[0] ?? '';
    },
  };
}
