import type { DeadLetter } from '../../core/dead-letter.ts';
import { causeOf } from '../../core/death.ts';
import type { DeadCount } from '../../ports/dead-count.ts';

/** The letters of a local world: each is there until it is sent again. */
export function deadPiles(letters: () => readonly DeadLetter[]): DeadCount {
  return {
    async piles() {
      const groups = Map.groupBy(letters(), ({ topic, reason }) => `${topic}/${causeOf(reason)}`);
      return [...groups.values()].flatMap((all) => {
        const [first] = all;
        if (first === undefined) return [];
        return {
          topic: first.topic,
          messages: all.length,
          cause: causeOf(first.reason),
          reason: first.reason,
          since: first.diedAt,
          next: 'npx phasegate dead list; the trouble mended, npx phasegate dead replay --all',
        };
      });
    },
  };
}
