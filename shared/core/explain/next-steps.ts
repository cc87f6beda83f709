import { bridgeForPeople, type Calendar } from '../calendar.ts';
import { formatDaySet, isEmpty, normalize } from '../day-set.ts';
import type { Day } from '../days.ts';
import { daysToWrite } from '../outcome.ts';
import { isForRetry } from '../report.ts';
import type { RunState } from '../run.ts';
import type { Root, TableExplanation } from './explanation.ts';
import type { Judged } from './surroundings.ts';

/** A command to copy, or null where a person has to do something first; and why. */
export type NextStep = Readonly<{ why: string; command: string | null }>;

/** Its command lacks the options of its place: those of a world, and those of a pipeline unless it is about a run. */
export type OpenStep = NextStep & Readonly<{ isOfRun?: true }>;

/** What the commands are for: a run where one was named, otherwise the range. */
export type Aim = Readonly<{
  from: Day;
  to: Day;
  run: Pick<RunState, 'run' | 'status' | 'tables'> | null;
}>;

/**
 * What to do about it, roots first: bring a source its days, then write again the days of tables that
 * need it. Nothing when every table passes. A cancelled run writes no more: what starts its range again is not here.
 */
export function nextSteps(
  explained: readonly TableExplanation[],
  tables: readonly Judged[],
  calendar: Calendar,
  aim: Aim,
): readonly OpenStep[] {
  const causes = explained.flatMap(({ checks }) =>
    checks.filter(({ check }) => check.severity === 'block' || check.verdict === 'UNKNOWN'),
  );
  if (causes.length === 0) return [];
  const roots = causes.map(({ root }) => root);
  const explainedOtherwise = explained
    .filter(({ checks }) => checks.some(({ root }) => root.kind !== 'unevaluated'))
    .map(({ table }) => table);
  const sources = perRelation(roots, 'source').map(({ relation, file, days }): NextStep => {
    const spans = formatDaySet(bridgeForPeople(calendar, days)).slice(0, 3).join(', ');
    return file === null
      ? { why: `bring ${relation} its days ${spans}; no load mapping fills it`, command: null }
      : {
          why: `${relation} on ${spans}; DIR holds ${file}.parquet or .csv with these days`,
          command: `npx phasegate load DIR --only ${file}`,
        };
  });
  const own = perRelation(roots, 'own').flatMap((root): NextStep[] =>
    root.runs.ranWithRows + root.runs.ranEmpty === 0
      ? []
      : [{ why: `look at the job of ${root.relation}, and at its checks`, command: null }],
  );
  const unread = perRelation(roots, 'unevaluated')
    .filter(({ relation }) => !explainedOtherwise.includes(relation))
    .map(({ relation, reason }): NextStep => ({ why: `${relation}: ${reason}`, command: null }));
  return [...sources, ...own, ...unread, ...writeAgain(tables, aim)];
}

function writeAgain(tables: readonly Judged[], { from, to, run }: Aim): readonly OpenStep[] {
  if (run?.status === 'cancelled') return [];
  if (run !== null && isForRetry(run)) {
    const why = 'run the failed tables again, then what waited for them';
    return [{ why, command: `npx phasegate retry ${run.run}`, isOfRun: true }];
  }
  const neverRan = tables.some(({ outcomes }) => !isEmpty(outcomes.NEVER_RAN ?? []));
  const mode = neverRan ? 'missing' : 'failed';
  const isToWrite = tables.some(({ outcomes }) => !isEmpty(daysToWrite(outcomes, mode)));
  const what = neverRan ? 'the days that are missing or bad' : 'the bad days';
  const why = `write ${what}, then all that they made stale`;
  if (run !== null && run.status !== 'passed') {
    const again = 'no day has to be written; when the above is done, judge again and go on';
    const command = `npx phasegate repair ${run.run}`;
    return [{ why: isToWrite ? why : again, command, isOfRun: true }];
  }
  if (!isToWrite) return [];
  return [{ why, command: `npx phasegate start --from ${from} --to ${to} --mode ${mode}` }];
}

/** The roots of this kind, one for each relation, with the days of all of them. */
function perRelation<Kind extends Root['kind']>(roots: readonly Root[], kind: Kind) {
  const found = new Map<string, Extract<Root, { kind: Kind }>>();
  for (const root of roots) {
    if (root.kind !== kind) continue;
    const known = found.get(root.relation);
    const days = [root, known].flatMap((each) => (each && 'days' in each ? each.days : []));
    const merged = 'days' in root ? { ...root, ...known, days: normalize(days) } : root;
    found.set(root.relation, merged as Extract<Root, { kind: Kind }>);
  }
  return [...found.values()];
}
