import { expectedDays } from '../core/calendar.ts';
import { type DaySet, formatDaySet, isEmpty } from '../core/day-set.ts';
import { PhasegateError } from '../core/errors.ts';
import type { RunId, TableName } from '../core/ids.ts';
import { type Pipeline, type Table, tablesOf } from '../core/pipeline.ts';
import { isAtRest, type RunRequest, type RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import type { StoredRun } from '../ports/run-store.ts';
import type { World } from '../ports/world.ts';

/**
 * Refuses the request of a run while another one is live that may write the same days of the same table: all of its range
 * in the phases it was asked for, since a repair may write any of them. Days without games are nobody's.
 *
 * @param own is never in its own way; null: no run is its own
 * @throws PhasegateError `invalid-input` naming that run, the table and the days
 */
export async function refuseOverlap(
  { runs, pipelineOf }: Pick<World, 'runs' | 'pipelineOf'>,
  pipeline: Pipeline,
  request: RunRequest,
  own: RunId | null,
): Promise<void> {
  for (const id of await runs.unfinished()) {
    if (id === own) continue;
    const live = liveOf(await runs.load(id));
    if (live === null) continue;
    if (live.request.to < request.from || request.to < live.request.from) continue;
    const written = writtenTables(await pipelineOf(live.definition), live.request);
    const shared = writtenTables(pipeline, request).flatMap(({ name }) => {
      const table = written.find((each) => each.name === name);
      const days = table === undefined ? [] : sharedDays(table, live, request);
      return isEmpty(days) ? [] : [{ name, days }];
    });
    const [first] = shared;
    if (first !== undefined) throw overlap(live, first, shared.length - 1);
  }
}

/** What of a run says which days it writes. */
type Live = Pick<RunState, 'run' | 'request' | 'definition' | 'calendar'>;

/** What sets a run at rest going again. */
export const WAKES: readonly RunEvent['type'][] = [
  'repair-requested',
  'retry-requested',
  'override-signed',
];

/** A run is live from the moment on at which its request, or what wakes it, was posted, folded or not. */
function liveOf(stored: StoredRun | null): Live | null {
  if (stored?.state != null) {
    const { state, inbox } = stored;
    const isWoken = inbox.some(({ event }) => WAKES.includes(event.type));
    return isAtRest(state.status) && !isWoken ? null : state;
  }
  const asked = stored?.inbox.find(({ event }) => event.type === 'run-requested')?.event;
  if (asked?.type !== 'run-requested') return null;
  const { run, request, definition } = asked;
  return { run, request, definition, calendar: { seasons: [] } };
}

/** Tables of earlier phases that a run only judges are not written. */
function writtenTables(pipeline: Pipeline, { phases }: RunRequest): readonly Table[] {
  return tablesOf(pipeline).filter(({ phase }) => phases.includes(phase));
}

function sharedDays(table: Table, { calendar, request: live }: Live, own: RunRequest): DaySet {
  const from = live.from > own.from ? live.from : own.from;
  const to = live.to < own.to ? live.to : own.to;
  const isRead = calendar.seasons.length > 0;
  return isRead ? expectedDays(calendar, [{ from, to }], table.bootstrapDays) : [{ from, to }];
}

function overlap(
  { run }: Live,
  { name, days }: Readonly<{ name: TableName; days: DaySet }>,
  others: number,
): PhasegateError {
  const spans = formatDaySet(days);
  const whole = `${days[0]?.from}..${days.at(-1)?.to}`;
  const when = spans.length > 1 ? `${whole} (in ${spans.length} spans)` : whole;
  const more = others === 0 ? '' : `, and ${others} more of these tables`;
  return new PhasegateError(
    'invalid-input',
    `run ${run} is live and writes ${name} on ${when}${more}; let it end, or \`phasegate cancel ${run}\` first`,
  );
}
