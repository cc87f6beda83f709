import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { Bus, Delivery, Handler, Topic } from '../../shared/ports/bus.ts';

export type OpenedBus = {
  bus: Bus;
  subscribe(topic: Topic, handler: Handler): void | Promise<void>;
  /** Resolves when a message of this topic died, with its body and the reason. */
  nextDeath(): Promise<{ data: string; reason: string }>;
  close(): Promise<void>;
};

/** What every bus must do. Each adapter's test file is one call of this function. */
export function describeBus(adapter: string, open: () => OpenedBus | Promise<OpenedBus>): void {
  describe(`bus: ${adapter}`, () => {
    let opened: OpenedBus;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const collect = (topic: Topic, count: number, act: Handler = async () => {}) =>
      new Promise<Delivery[]>((resolve) => {
        const seen: Delivery[] = [];
        void opened.subscribe(topic, async (delivery) => {
          seen.push(delivery);
          if (seen.length === count) resolve(seen);
          await act(delivery);
        });
      });

    it('delivers a body as it was published, under the id that publish returned', async () => {
      const seen = collect('phasegate-start', 1);
      const id = await opened.bus.publish('phasegate-start', { a: 'é☃' });
      expect(await seen).toMatchObject([{ messageId: id, data: '{"a":"é☃"}' }]);
    });

    it('delivers to the topic it was published to, and to no other', async () => {
      const other: string[] = [];
      await opened.subscribe('phasegate-alerts', async ({ data }) => void other.push(data));
      const seen = collect('phasegate-start', 1);
      await opened.bus.publish('phasegate-start', { a: 1 });
      await seen;
      expect(other).toEqual([]);
    });

    it('delivers again when the handler throws, with the same id', async () => {
      let isFirst = true;
      const seen = collect('phasegate-start', 2, async () => {
        if (!isFirst) return;
        isFirst = false;
        throw new PhasegateError('unavailable', 'not now');
      });
      const id = await opened.bus.publish('phasegate-start', {});
      expect((await seen).map((delivery) => delivery.messageId)).toEqual([id, id]);
    });

    it('sends a message that can never be read to the dead letters, with its reason', async () => {
      const death = opened.nextDeath();
      await opened.subscribe('phasegate-start', async () => {
        throw new PhasegateError('invalid-input', 'field frm is unknown');
      });
      await opened.bus.publish('phasegate-start', { frm: 1 });
      expect(await death).toMatchObject({ data: '{"frm":1}', reason: 'field frm is unknown' });
    });

    it('delivers all of 200 messages published at once', async () => {
      const seen = collect('phasegate-job-finished', 200);
      const ids = await Promise.all(
        Array.from({ length: 200 }, (_, n) => opened.bus.publish('phasegate-job-finished', { n })),
      );
      expect(new Set((await seen).map((delivery) => delivery.messageId))).toEqual(new Set(ids));
    });
  });
}
