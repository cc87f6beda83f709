import { healthId, type RecordOf } from '../core/alerts/alert-record.ts';
import { failedAlert, HEALTHY, recoveredAlert } from '../core/alerts/channel-health.ts';
import { isKind } from '../core/errors.ts';
import type { AlertMessage } from '../core/messages.ts';
import type { AlertMemory } from '../ports/alert-memory.ts';

type Place = Readonly<{
  memory: AlertMemory;
  now: () => string;
  /** Tells it through channels other than these; false when none heard it. */
  others: (alert: AlertMessage, but: readonly string[]) => Promise<boolean>;
}>;

/** Remembers which channels take messages, and tells the others of one that does not, and of one that does again. */
export function healthKeeper({ memory, now, others }: Place) {
  const load = async (name: string) => {
    const { version, record } = await memory.load(healthId(name));
    const known: RecordOf<'health'> =
      record?.what === 'health' ? record : { what: 'health', ...HEALTHY };
    return { version, known };
  };
  const keep = async (name: string, version: number, health: RecordOf<'health'>) => {
    try {
      await memory.commit(healthId(name), version, health, now());
    } catch (error) {
      if (!isKind(error, 'conflict')) throw error;
    }
  };
  return {
    /** @param unheard in one line, what it was to say; @param but channels that were refused as well */
    async failed(name: string, why: string, unheard: string, but: readonly string[]) {
      const { version, known } = await load(name);
      const health = { ...known, failedSince: known.failedSince ?? now(), why };
      const isTold = (await others(failedAlert(name, health, unheard, now()), but)) || known.isTold;
      const isNew = known.failedSince === null || known.why !== why || known.isTold !== isTold;
      if (isNew) await keep(name, version, { ...health, isTold });
    },

    async took(name: string) {
      const { version, known } = await load(name);
      if (known.failedSince === null) return;
      if (known.isTold) {
        const alert = recoveredAlert(name, known);
        const isHeard = (await others(alert, [name])) || (await others(alert, []));
        if (!isHeard) return;
      }
      await keep(name, version, { what: 'health', ...HEALTHY });
    },
  };
}
