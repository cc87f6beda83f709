import { daysRead, daysReading } from '../calendar.ts';
import { countDays, type DaySet, intersect, isEmpty, subtract, union } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { Need } from '../pipeline.ts';
import { type BadCheck, badChecks, lackOf, neverRanDays } from './bad-days.ts';
import type { Cause } from './explanation.ts';
import { needsOf, type Surroundings } from './surroundings.ts';

/** A way from the failing table up to a relation that it reads, directly or through others. */
type Path = Readonly<{
  /** Days of the failing table that read one of these days. */
  readers: (days: DaySet) => DaySet;
  /** Days up here that these days of the failing table read. */
  reads: (days: DaySet) => DaySet;
}>;

/** The days of a relation that a cause is looked for, among those on which it is expected. */
export type Trouble = Readonly<{
  table: TableName;
  failing: DaySet;
  /** Days on which any of its checks fails; they hold for nobody. */
  bad: DaySet;
  expected: DaySet;
  /** What its failing check compares it with, beside what it reads. */
  compared: readonly TableName[];
  /** It never ran on these days: that others never ran either explains nothing. */
  isWaiting: boolean;
  /** Relations that may not be named: what is explained, and what stands between. */
  told: ReadonlySet<TableName>;
}>;

/**
 * The nearest relation whose own state is bad on days that the failing days read: what the table
 * reads itself first, then what that reads, and so on. Among equally near ones that with the most
 * failing days, provided that no more days hold in spite of it. Null when all that is read is good.
 */
export function nearestCause(around: Surroundings, trouble: Trouble): Cause | null {
  const whole = (days: DaySet) => intersect(days, trouble.expected);
  let level = new Map<TableName, Path>([[trouble.table, { readers: whole, reads: (all) => all }]]);
  const seen = new Set<TableName>();
  while (level.size > 0) {
    for (const name of level.keys()) seen.add(name);
    const above = levelAbove(around, level, trouble);
    const found = [...above]
      .filter(([name]) => !trouble.told.has(name))
      .flatMap(([name, path]) => causeIn(around, name, path, trouble) ?? [])
      .sort(byStrength);
    const [first, ...further] = found;
    if (first !== undefined) {
      return { ...first, further: further.map(({ relation }) => relation) };
    }
    level = new Map([...above].filter(([name]) => !seen.has(name)));
  }
  return null;
}

function levelAbove(
  { pipeline, calendar }: Surroundings,
  level: ReadonlyMap<TableName, Path>,
  { table, compared }: Trouble,
): ReadonlyMap<TableName, Path> {
  const above = new Map<TableName, Path>();
  for (const [name, path] of level) {
    const sameDay = (name === table ? compared : []).map(
      (of): Need => ({ of, window: { kind: 'same-day' } }),
    );
    for (const { of, window } of [...needsOf(pipeline, name), ...sameDay]) {
      above.set(of, both(above.get(of), step(path, window)));
    }
  }
  return above;

  function step(path: Path, window: Need['window']): Path {
    return {
      readers: (days) => path.readers(daysReading(calendar, window, days)),
      reads: (days) => daysRead(calendar, window, path.reads(days)),
    };
  }
}

function both(one: Path | undefined, other: Path): Path {
  if (one === undefined) return other;
  return {
    readers: (days) => union(one.readers(days), other.readers(days)),
    reads: (days) => union(one.reads(days), other.reads(days)),
  };
}

/**
 * A source without a row is a cause where none of its checks fails, or nobody judges it. Nobody promised
 * these rows, so it is none where more days hold without them.
 */
function causeIn(
  around: Surroundings,
  relation: TableName,
  path: Path,
  trouble: Trouble,
): Cause | null {
  const judged = around.relations.get(relation);
  const waiting = judged === undefined || !trouble.isWaiting ? [] : neverRanDays(around, judged);
  const checks = judged === undefined ? [] : badChecks(around, judged);
  const [strongest] = checks
    .flatMap(
      (bad) =>
        causeOf(relation, { ...bad, days: subtract(bad.days, waiting) }, path, trouble) ?? [],
    )
    .sort(byStrength);
  if (strongest !== undefined) return strongest;
  const lack = causeOf(relation, lackOf(around, relation), path, trouble);
  return lack === null || isWeak(lack) ? null : lack;
}

function causeOf(
  relation: TableName,
  { id, message, days: bad }: BadCheck,
  path: Path,
  { failing, bad: failingAtAll }: Trouble,
): Cause | null {
  const readers = path.readers(bad);
  const explained = intersect(readers, failing);
  if (isEmpty(explained)) return null;
  const days = intersect(bad, path.reads(failing));
  return {
    relation,
    check: id,
    message,
    days,
    explains: countDays(explained),
    of: countDays(failing),
    onSameDays:
      countDays(intersect(days, failing)) === countDays(explained) &&
      isEmpty(subtract(days, failing)),
    holdNevertheless: countDays(subtract(readers, failingAtAll)),
    further: [],
  };
}

/** Stable: what is declared first wins among equals. */
function byStrength(a: Cause, b: Cause): number {
  return (
    Number(isWeak(a)) - Number(isWeak(b)) ||
    b.explains - a.explains ||
    a.holdNevertheless - b.holdNevertheless
  );
}

/** More days hold in spite of it than it explains. */
function isWeak({ explains, holdNevertheless }: Cause): boolean {
  return holdNevertheless > explains;
}
