import type { LineageEvent, LineagePlace } from '../../core/lineage/lineage-event.ts';
import type { RunStep } from '../../core/lineage/run-step.ts';
import { counted } from '../../core/view/counted.ts';
import type { LineageTarget } from '../../edge/lineage-target.ts';
import type { World } from '../../ports/world.ts';
import { type EvidenceOf, lineageOf } from '../../shell/read-lineage.ts';
import { PATIENCE, type Patience, type Sent, sendEvents } from './send-events.ts';

/** Facts that may wait for a receiver; of more, those that come last are not told. */
const WAITING = 500;
/** So long a receiver that was away is not asked again: no handler waits for it once a fact. */
const REST_MS = 30_000;

export type LineageTeller = Readonly<{
  /** As `World.onFolded`. */
  onFolded: NonNullable<World['onFolded']>;
  /** When all that was heard so far is sent, or given up and noted. Never rejects. */
  settled(): Promise<void>;
}>;

type Told = Readonly<{
  place: LineagePlace;
  target: LineageTarget;
  pipelineOf: World['pipelineOf'];
  evidenceOf: EvidenceOf;
  /** Takes a sentence on what was not told, and of which run. */
  note: (message: string, run: string) => void;
  patience?: Patience;
  restMs?: number;
}>;

/** Tells a receiver of OpenLineage of facts, in their order, beside all else. Null: nobody is to be told. */
export function lineageTeller(told: Told): LineageTeller | null {
  const { place, target, pipelineOf, evidenceOf, note } = told;
  const { patience = PATIENCE, restMs = REST_MS } = told;
  if (target.url === null) return null;
  let waiting = 0;
  let away: Readonly<{ since: number; trouble: string }> | null = null;
  let last: Promise<void> = Promise.resolve();

  const tell = async (steps: readonly RunStep[], run: string): Promise<void> => {
    const events: LineageEvent[] = [];
    for (const step of steps) {
      const pipeline = await pipelineOf(step.after.definition);
      const known: EvidenceOf = (id) =>
        evidenceOf(id).catch((error: unknown) => unread(error, run));
      events.push(...(await lineageOf(place, pipeline, known, step)));
    }
    if (events.length === 0) return;
    const { taken, trouble } = await sent(events);
    if (trouble === null) return;
    const lost = counted(events.length - taken, 'event of lineage', 'events of lineage');
    note(`${trouble}; ${lost} lost`, run);
  };

  const sent = async (events: readonly LineageEvent[]): Promise<Sent> => {
    if (away !== null && Date.now() - away.since < restMs) {
      return { taken: 0, trouble: away.trouble, isAway: true };
    }
    const answer = await sendEvents(target, events, patience);
    const { trouble, isAway } = answer;
    away = isAway && trouble !== null ? { since: Date.now(), trouble } : null;
    return answer;
  };

  /** The gate is told all the same, without its checks. */
  const unread = (error: unknown, run: string): null => {
    note(`a gate is told without its checks: ${messageOf(error)}`, run);
    return null;
  };

  return {
    onFolded(steps) {
      const run = steps[0]?.after.run ?? '';
      if (waiting + steps.length > WAITING) {
        note(`the receiver is too slow; ${counted(steps.length, 'fact')} not told`, run);
        return;
      }
      waiting += steps.length;
      last = last
        .then(() => tell(steps, run))
        .catch((error: unknown) => note(messageOf(error), run))
        .finally(() => {
          waiting -= steps.length;
        });
    },
    settled: () => last,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
