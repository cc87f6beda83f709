import { type CloudEvent, cloudEvent } from '@google-cloud/functions-framework';
import type { Topic } from '../shared/ports/bus.ts';
import { deployment } from './deployed.ts';

/** A function behind the push subscription of a topic. */
export function onMessage(name: string, topic: Topic): void {
  cloudEvent(name, async (event: CloudEvent<unknown>): Promise<void> => {
    await (await deployment(name)).onPush(topic, event);
  });
}
