import { allDays } from '../calendar.ts';
import { countDays, type DaySet, intersect, isEmpty, union } from '../day-set.ts';
import type { RunId, TableName } from '../ids.ts';
import type { OutcomeDays } from '../outcome.ts';
import { type Pipeline, type Table, tableNamed, tablesOf } from '../pipeline.ts';
import { planOf } from '../plan.ts';
import type { Instant, RunRequest } from '../run.ts';
import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { GapTrouble, GridOfSeason } from './gap-troubles.ts';
import { daysOfGaps } from './grid.ts';

/** A run that a monitor asked for by itself. */
export type OpenedRepair = Readonly<{
  cause: string;
  /** Whose gaps it is for: each counts it against its week. */
  tables: readonly TableName[];
  run: RunId;
  request: RunRequest;
  at: Instant;
  /** Whether its start message is known to be published. */
  isPublished: boolean;
}>;

/** Why gaps of tables that may be repaired are not. */
export type NotRepaired = Readonly<{ cause: string; why: string }>;

export type RepairChoice = Readonly<{
  wanted: Readonly<{ cause: string; tables: readonly TableName[]; request: RunRequest }> | null;
  refused: readonly NotRepaired[];
}>;

type Season = Pick<GridOfSeason, 'calendar' | 'range'> &
  Readonly<{ troubles: readonly GapTrouble[] }>;

const WEEK_MS = 7 * 86_400_000;

export function repairsOfWeek(
  repairs: readonly OpenedRepair[],
  now: Instant,
): readonly OpenedRepair[] {
  return repairs.filter(({ at }) => Date.parse(at) > Date.parse(now) - WEEK_MS);
}

/** What people read of it: which run was asked for, or why none was. */
export function withRepair(
  finding: Finding,
  repair: OpenedRepair | null,
  refused: readonly NotRepaired[],
): Finding {
  const { cause, details } = finding;
  if (repair?.cause === cause) {
    const { run, request } = repair;
    const line = `repair: run ${run} was asked for, from ${request.from} to ${request.to}`;
    return { ...finding, details: [line, ...details], next: `npx phasegate status ${run}` };
  }
  const lines = refused
    .filter((each) => each.cause === cause)
    .map(({ why }) => `not repaired by itself: ${why}`);
  return { ...finding, details: [...lines, ...details] };
}

/**
 * The one run that the policies of tables allow for the gaps of a season, over exactly the days from its first gap to the
 * last day that writing them makes stale. Gaps of a source, and such as nobody could judge, are never repaired: the run would read in vain.
 *
 * @param past what monitors opened before
 */
export function chooseRepair(
  pipeline: Pipeline,
  season: Season,
  past: readonly OpenedRepair[],
  now: Instant,
): RepairChoice {
  const refused: NotRepaired[] = [];
  for (const first of season.troubles) {
    if (!tablesToWrite(pipeline, first).some(({ autoRepair }) => autoRepair !== null)) continue;
    if (past.some(({ cause, isPublished }) => !isPublished && cause === first.cause)) continue;
    const found = repairOf(pipeline, season, first, repairsOfWeek(past, now));
    if (typeof found !== 'string') return { wanted: found, refused };
    refused.push({ cause: first.cause, why: found });
  }
  return { wanted: null, refused };
}

/** @returns why not, where it may not be */
function repairOf(
  pipeline: Pipeline,
  season: Season,
  first: GapTrouble,
  past: readonly OpenedRepair[],
): NonNullable<RepairChoice['wanted']> | string {
  let together: readonly GapTrouble[] = [first];
  for (;;) {
    const tables = together.flatMap((each) => tablesToWrite(pipeline, each));
    const request = requestFor(pipeline, season, together, tables);
    const no = whyNot(together, tables, past) ?? tooLong(season, request, tables);
    if (no !== null) return no;
    const others = season.troubles.filter(
      (each) => !together.includes(each) && !isEmpty(intersect(daysOf(each), [request])),
    );
    if (others.length === 0) {
      return { cause: first.cause, tables: tables.map(({ name }) => name), request };
    }
    const foreign = others.find((each) => tablesToWrite(pipeline, each).length === 0);
    if (foreign !== undefined) return `${foreign.title}, on the same days`;
    together = [...together, ...others];
  }
}

/** The tables that have to be written for it: that at which it begins, or those that were written too early; none for a source. */
function tablesToWrite(pipeline: Pipeline, { root, gaps }: GapTrouble): readonly Table[] {
  const begins = root === null || root.kind === 'own' || root.kind === 'rewritten';
  if (!begins) return [];
  const names = gaps
    .map(({ table }) => table)
    .filter((name) => root?.kind !== 'own' || name === root.relation);
  return names.flatMap((name) => tableNamed(pipeline, name) ?? []);
}

function whyNot(
  together: readonly GapTrouble[],
  tables: readonly Table[],
  past: readonly OpenedRepair[],
): string | null {
  const unjudged = together.flatMap(({ gaps }) => gaps).find(({ gaps }) => 'UNJUDGED' in gaps);
  if (unjudged !== undefined) return `days of ${unjudged.table} could not be judged`;
  const forbidden = tables.find(({ autoRepair }) => autoRepair === null);
  if (forbidden !== undefined) return `${forbidden.name} has no autoRepair`;
  const spent = tables.find(({ name, autoRepair }) => {
    const before = past.filter((each) => each.tables.includes(name));
    return before.length >= (autoRepair?.perWeek ?? 0);
  });
  if (spent === undefined) return null;
  const times = counted(spent.autoRepair?.perWeek ?? 0, 'run');
  return `${spent.name} had its ${times} of seven days`;
}

function tooLong(
  { calendar }: Season,
  request: RunRequest,
  tables: readonly Table[],
): string | null {
  const days = countDays(intersect(allDays(calendar), [request]));
  const most = Math.min(...tables.map(({ autoRepair }) => autoRepair?.maximumDays ?? 0));
  if (days <= most) return null;
  const what = `from ${request.from} to ${request.to}, with all that stands behind it`;
  return `it would write ${counted(days, 'day')} ${what}; accepted: ${most}`;
}

/** From the first gap on, as far as writing them makes days stale, in the phase of the first table and all behind it. */
function requestFor(
  pipeline: Pipeline,
  { calendar, range }: Season,
  together: readonly GapTrouble[],
  tables: readonly Table[],
): RunRequest {
  const all = tablesOf(pipeline);
  const phases = pipeline.phases.map(({ name }) => name);
  const earliest = Math.min(...tables.map(({ phase }) => phases.indexOf(phase)));
  const gaps = union(...together.map(daysOf));
  const from = gaps[0]?.from ?? range.from;
  const request: RunRequest = {
    pipeline: pipeline.name,
    from,
    to: range.to,
    phases: phases.slice(earliest),
    mode: 'missing',
  };
  const outcomes: Record<TableName, OutcomeDays> = Object.fromEntries(
    all.map(({ name }) => {
      const own = together.flatMap((each) => each.gaps).filter(({ table }) => table === name);
      return [name, { NEVER_RAN: union(...own.map((each) => daysOfGaps(each.gaps))) }];
    }),
  );
  const plan = planOf(pipeline, request, 'missing', calendar, outcomes, new Map());
  const last = union(...plan.values(), gaps).at(-1)?.to ?? from;
  return { ...request, to: last };
}

function daysOf({ gaps }: GapTrouble): DaySet {
  return union(...gaps.map((each) => daysOfGaps(each.gaps)));
}
