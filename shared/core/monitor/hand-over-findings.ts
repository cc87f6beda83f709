import type { RunId, TableName } from '../ids.ts';
import { openPromises } from '../open-promises.ts';
import type { Effect, Instant, RunState } from '../run.ts';
import type { RunEvent } from '../run-event.ts';
import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** A run that somebody still has to look after. */
export type Unfinished = Readonly<{
  run: RunId;
  state: RunState | null;
  /** What happened so far, oldest first, and what was posted and not taken up. */
  facts: readonly RunEvent[];
  inbox: readonly RunEvent[];
  /** Promised, and not known to be done. */
  outbox: readonly Effect[];
}>;

type Owed = Readonly<{ what: string; since: Instant }>;

const SHOWN = 4;

/**
 * Hand-overs that are stuck: a fact that nobody took up, a promise that nobody kept, a table that is being launched or judged
 * of which nothing was heard for so long. The reconciler mends each of these within minutes, if it runs. A job that is asked to
 * stop has its own time for that, and its run says so when it is over.
 */
export function handOverFindings(
  runs: readonly Unfinished[],
  { severity, handOverMinutes }: Readonly<{ severity: AlertSeverity; handOverMinutes: number }>,
  now: Instant,
): readonly Finding[] {
  const before = new Date(Date.parse(now) - handOverMinutes * 60_000).toISOString();
  return runs.flatMap((unfinished): Finding[] => {
    const { run } = unfinished;
    const stuck = owedBy(unfinished).filter(({ since }) => since <= before);
    if (stuck.length === 0) return [];
    const lines = stuck.slice(0, SHOWN).map(({ what, since }) => `${what}, since ${since}`);
    const more = stuck.length - lines.length;
    return [
      {
        cause: `run/${run}/handover`,
        severity,
        title: `run ${run} is stuck between two steps for more than ${counted(handOverMinutes, 'minute')}`,
        days: [],
        details: more === 0 ? lines : [...lines, `and ${more} more`],
        next: `npx phasegate status ${run}; where the reconciler runs, npx phasegate dead list says what died`,
      },
    ];
  });
}

function owedBy({ state, facts, inbox, outbox }: Unfinished): readonly Owed[] {
  const untaken = inbox.map(({ type, at }) => ({ what: `${type} was not taken up`, since: at }));
  const last = facts.at(-1)?.at;
  if (state === null || last === undefined) return untaken;
  const open = openPromises(state);
  const told = new Set(open.map((effect) => effect.kind));
  return [
    ...untaken,
    ...open.flatMap((effect) =>
      effect.kind === 'cancel-launch' ? [] : owed(effect, state, facts, last),
    ),
    ...outbox
      .filter(({ kind }) => !told.has(kind))
      .map(({ kind }) => ({ what: `${kind} was promised and is not done`, since: last })),
  ];
}

function owed(effect: Effect, state: RunState, facts: readonly RunEvent[], last: Instant): Owed {
  switch (effect.kind) {
    case 'launch-table': {
      const table = state.tables[effect.table];
      const since = table?.tag === 'launching' ? table.since : last;
      return { what: `${effect.table} is launching`, since };
    }
    case 'run-gate':
      return { what: `${effect.table} is verifying`, since: lastNews(effect.table, facts) ?? last };
    case 'call-roll':
      return { what: `the roll of phase ${effect.phase} is called`, since: last };
    default:
      return { what: `${effect.kind} is not answered`, since: last };
  }
}

/** Of a gate that waits for the warehouse too, which says so without naming its table. */
function lastNews(table: TableName, facts: readonly RunEvent[]): Instant | undefined {
  return facts.findLast(
    (event) => event.type === 'gate-waiting' || ('table' in event && event.table === table),
  )?.at;
}
