import type { Check } from './check.ts';
import { intersect, parseDaySet } from './day-set.ts';
import { dayNumber, parseDay } from './days.ts';
import { EVERY_DAY, type PromisedValue } from './promises.ts';

/** How a field promises more. Whatever a field means, a value that did not change promises the same. */
type Direction =
  /** The higher the more; without it there is no bound. Numbers, percentages, no before yes. */
  | 'floor'
  /** The lower the more; without it there is no bound. Numbers, percentages, `HH:MM`, days. */
  | 'ceiling'
  /** The lower the more; without it everything is promised. */
  | 'start'
  /** Days that are left out, or that a gate must cover before the check counts: fewer promise more, and none the most. */
  | 'fewer-days'
  | 'severity'
  /** Being set promises more; another word, or none, is less. */
  | 'word'
  /** Being set promises less. */
  | 'absence'
  /** A column's type; `!` at its end, for a required one, promises more. Another type, or none, is less. */
  | 'type'
  /** More members promise more. */
  | 'members'
  /** Another question: nobody can tell whether the answer promises as much. */
  | 'meaning'
  /** A word for people, or taken from the calendar, which promises it by itself. */
  | 'free';

type FieldOf<Each> = Each extends unknown ? Exclude<keyof Each, 'id'> : never;

/** Fields of a table that end in names of the pipeline, which mean nothing here: `declared.points`. */
const NAMED: Readonly<Record<string, Direction>> = {
  declared: 'type',
  excluded: 'fewer-days',
  gate: 'members',
  need: 'floor',
  schedule: 'word',
  starts: 'ceiling',
};

/**
 * Every field of every check, and by their last name the nested ones. A field that is not here counts as `meaning`;
 * one that a kind gains at its top does not compile until somebody decides.
 */
const DIRECTIONS: Readonly<Record<string, Direction>> &
  Readonly<Record<FieldOf<Check>, Direction>> = {
  above: 'floor',
  aggregate: 'meaning',
  applies: 'fewer-days',
  atLeast: 'floor',
  atMost: 'ceiling',
  atMostPsi: 'ceiling',
  baseline: 'meaning',
  below: 'ceiling',
  bootstrapDays: 'ceiling',
  breaks: 'meaning',
  by: 'meaning',
  changeAtMostPercent: 'ceiling',
  column: 'meaning',
  columns: 'meaning',
  day: 'meaning',
  dueDays: 'ceiling',
  dueTime: 'ceiling',
  edges: 'meaning',
  game: 'meaning',
  grain: 'meaning',
  holds: 'meaning',
  issues: 'meaning',
  judged: 'absence',
  kind: 'meaning',
  launchesPerDayAtMost: 'ceiling',
  left: 'meaning',
  lookBack: 'meaning',
  match: 'meaning',
  max: 'ceiling',
  mean: 'meaning',
  metric: 'meaning',
  min: 'floor',
  minimumChange: 'ceiling',
  minimumDays: 'ceiling',
  minimumDeviation: 'ceiling',
  minimumPerDay: 'floor',
  minimumPopulation: 'floor',
  of: 'meaning',
  ofBy: 'meaning',
  ofDay: 'meaning',
  ofWhere: 'meaning',
  pattern: 'meaning',
  per: 'meaning',
  perDay: 'floor',
  population: 'meaning',
  position: 'meaning',
  primary: 'meaning',
  publish: 'word',
  reads: 'meaning',
  right: 'meaning',
  runningHoursAtMost: 'ceiling',
  sampleDays: 'floor',
  score: 'meaning',
  seasonStarts: 'free',
  severity: 'severity',
  seasonTypes: 'members',
  sinceSeason: 'start',
  standardDeviation: 'meaning',
  team: 'meaning',
  tier: 'meaning',
  to: 'meaning',
  toBy: 'meaning',
  tolerance: 'ceiling',
  toleranceOverRange: 'ceiling',
  unit: 'free',
  value: 'meaning',
  values: 'meaning',
  where: 'meaning',
  with: 'meaning',
};

/**
 * Whether a field promises less than it did. A change that nobody can weigh counts as less.
 *
 * @param field as `promisesOf` names it: `atLeastPercent`, `per.atMost`
 * @param before undefined where the field was not set
 */
export function isLooser(
  field: string,
  before: PromisedValue | undefined,
  after: PromisedValue | undefined,
): boolean {
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  switch (directionOf(field)) {
    case 'floor':
      return isBelow(after, before, Number.NEGATIVE_INFINITY);
    case 'ceiling':
      return isBelow(before, after, Number.POSITIVE_INFINITY);
    case 'start':
      return isBelow(before, after, Number.NEGATIVE_INFINITY);
    case 'fewer-days':
      return after !== undefined && !isWithin(after, before);
    case 'severity':
      return after !== 'block';
    case 'word':
      return before !== undefined;
    case 'absence':
      return after !== undefined;
    case 'type':
      return before !== undefined && after !== `${before}!`;
    case 'members':
      return !listOf(before).every((member) => listOf(after).includes(member));
    case 'meaning':
      return true;
    case 'free':
      return false;
  }
}

function directionOf(field: string): Direction {
  const named = NAMED[field.slice(0, Math.max(0, field.indexOf('.')))];
  if (named !== undefined) return named;
  const name = field.slice(field.lastIndexOf('.') + 1);
  return DIRECTIONS[name] ?? DIRECTIONS[name.replace(/Percent$/, '')] ?? 'meaning';
}

function listOf(value: PromisedValue | undefined): readonly (string | number | boolean)[] {
  return Array.isArray(value) ? value : [];
}

/** @param absent what a field that is not set amounts to */
function isBelow(
  low: PromisedValue | undefined,
  high: PromisedValue | undefined,
  absent: number,
): boolean {
  const [a, b] = [low, high].map((value) => (value === undefined ? absent : rankOf(value)));
  return a === null || b === null || a === undefined || b === undefined || a < b;
}

/** Where a value stands among its like; null for one that has no order. */
function rankOf(value: PromisedValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(String(value)) ?? [];
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes);
  return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? dayNumber(parseDay(String(value))) : null;
}

function isWithin(days: PromisedValue, others: PromisedValue | undefined): boolean {
  if (others === undefined || days === EVERY_DAY) return false;
  if (others === EVERY_DAY) return true;
  const inner = parseDaySet(String(days));
  return JSON.stringify(intersect(inner, parseDaySet(String(others)))) === JSON.stringify(inner);
}
