import { daysRead } from '../calendar.ts';
import { countDays, type DaySet, daySetOf, eachDay, isEmpty, union } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import type { TableFacts } from '../judge/facts.ts';
import { staleDays } from '../stale.ts';
import type { Root } from './explanation.ts';
import { needsOf, type Surroundings } from './surroundings.ts';

/** Which relation changed after these days of a table were written, on which of its days, and when last. */
export function rewritten(
  { pipeline, calendar, changesOf }: Surroundings,
  facts: TableFacts,
  stale: DaySet,
): Extract<Root, { kind: 'rewritten' }> | null {
  const written = writtenAt(facts, stale);
  const found = needsOf(pipeline, facts.table.name).flatMap((need) => {
    const days = staleDays(calendar, stale, [need], written, ({ of }) => changesOf(of));
    if (isEmpty(days)) return [];
    return [{ of: need.of, staleDays: days, ...lastChange(need.of, need.window, days) }];
  });
  const [most] = found.sort((a, b) => countDays(b.staleDays) - countDays(a.staleDays));
  if (most === undefined) return null;
  return {
    kind: 'rewritten',
    relation: most.of,
    days: most.days,
    stale: facts.table.name,
    staleDays: union(...found.map(({ staleDays }) => staleDays)),
    at: most.at,
  };

  function lastChange(
    of: TableName,
    window: Parameters<typeof daysRead>[1],
    days: DaySet,
  ): Readonly<{ days: DaySet; at: string }> {
    const changes = changesOf(of);
    if ('whole' in changes) return { days: [], at: changes.whole };
    const since = [...eachDay(days)].map((day) => written.get(day) ?? '').sort()[0] ?? '';
    const later = [...eachDay(daysRead(calendar, window, days))].flatMap((day) => {
      const at = changes.get(day) ?? '';
      return at > since ? [{ day, at }] : [];
    });
    const at = later.map((each) => each.at).sort();
    return { days: daySetOf(later.map(({ day }) => day)), at: at.at(-1) ?? '' };
  }
}

/** When each of these days was written: its last launch's snapshot, or its last change where no launch of ours wrote it. */
function writtenAt({ history, changedAt }: TableFacts, days: DaySet): ReadonlyMap<Day, string> {
  return new Map(
    [...eachDay(days)].flatMap((day) => {
      const at = history.get(day)?.readAt ?? changedAt.get(day);
      return at === undefined ? [] : [[day, at] as const];
    }),
  );
}
