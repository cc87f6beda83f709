import { isKind } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import { chooseRepair, type NotRepaired, type OpenedRepair } from '../core/monitor/auto-repair.ts';
import type { GapTrouble, GridOfSeason } from '../core/monitor/gap-troubles.ts';
import { checkedRequest, runIdOf } from '../core/request.ts';
import { isAtRest, type RunRequest } from '../core/run.ts';
import { dayAt } from '../core/time-zone.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { refuseOverlap } from './refuse-overlap.ts';

type Repairs = Readonly<{ repair: OpenedRepair | null; refused: readonly NotRepaired[] }>;

/**
 * The one run that may be opened for these gaps now, the latest season first; nothing is opened by it. None where a live run, one that a person
 * paused among them, may write the same days.
 */
export async function repairFor(
  monitoring: Monitoring,
  seasons: readonly Readonly<{ season: GridOfSeason; troubles: readonly GapTrouble[] }>[],
): Promise<Repairs> {
  const { definitionNow, now, requestHash } = monitoring;
  if (requestHash === undefined) return { repair: null, refused: [] };
  const { pipeline } = definitionNow();
  const past = await openedBefore(monitoring);
  if (past === null) {
    const why = 'what monitors opened before cannot be read';
    const causes = seasons.flatMap(({ troubles }) => troubles.map(({ cause }) => cause));
    return { repair: null, refused: causes.map((cause) => ({ cause, why })) };
  }
  const refused: NotRepaired[] = [];
  for (const { season, troubles } of seasons.toReversed()) {
    const choice = chooseRepair(pipeline, { ...season, troubles }, past, now());
    refused.push(...choice.refused);
    if (choice.wanted === null) continue;
    const { cause, tables } = choice.wanted;
    const today = dayAt(now(), pipeline.timeZone);
    const request = checkedRequest(pipeline, choice.wanted.request, today);
    const busy = await inTheWay(monitoring, request);
    if (busy === null) {
      const run = await nextRun(monitoring, request, requestHash(request));
      const repair = { cause, tables, run, request, at: now(), isPublished: false };
      return { repair, refused };
    }
    refused.push({ cause, why: busy });
  }
  return { repair: null, refused };
}

/**
 * Asks for the run of a repair, unless it is there. Asked for twice at the same time, it is one run all the same.
 */
export async function openRepair(
  { bus, runs }: Pick<Monitoring, 'bus' | 'runs'>,
  monitor: string,
  { cause, run, request }: OpenedRepair,
): Promise<void> {
  if ((await runs.load(run)) !== null) return;
  const requestedBy = `monitor ${monitor}`;
  await bus.publish('phasegate-start', { ...request, requestedBy, reason: `gaps: ${cause}` });
}

/** What any monitor opened, so that two of them spend one week together; null where that cannot be read. */
async function openedBefore({
  monitors,
  definitionNow,
}: Monitoring): Promise<readonly OpenedRepair[] | null> {
  const names = definitionNow().pipeline.monitors.map(({ name }) => name);
  try {
    const states = await Promise.all(names.map((name) => monitors.load(name)));
    return states.flatMap(({ state }) => state.repairs ?? []);
  } catch (error) {
    if (!isKind(error, 'bug')) throw error;
    return null;
  }
}

async function inTheWay(monitoring: Monitoring, request: RunRequest): Promise<string | null> {
  try {
    await refuseOverlap(monitoring, monitoring.definitionNow().pipeline, request, null);
    return null;
  } catch (error) {
    if (!isKind(error, 'invalid-input')) throw error;
    return error.message;
  }
}

/** The name that a start of this request will give its run. */
async function nextRun({ runs }: Monitoring, request: RunRequest, hash: string): Promise<RunId> {
  for (let repetition = 1; ; repetition++) {
    const run = runIdOf(request, hash, repetition);
    const stored = await runs.load(run);
    if (stored?.state == null || !isAtRest(stored.state.status)) return run;
  }
}
