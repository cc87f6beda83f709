import type { Day } from '../days.ts';
import { type Finding, unknown } from '../judge/facts.ts';
import type { PublishedMetric } from '../published-metric.ts';
import type { Base } from './base.ts';
import type { CheckFacts, CheckKind } from './kind.ts';

/** Bounds of a number; null: none. */
type Bounds = Readonly<{
  atLeast: number | null;
  atMost: number | null;
  below: number | null;
  above: number | null;
}>;

/**
 * A number that a job published about itself, of the last launch into the range: within fixed bounds,
 * and no further from what the launch before it published than so many percent of that.
 */
export type Metric = Base &
  Bounds &
  Readonly<{
    kind: 'metric';
    metric: string;
    /** Percent of the previous value, in either direction; null: not compared. */
    changeAtMostPercent: number | null;
  }>;

export const metric: CheckKind<Metric> = {
  reads: () => ({ own: [] }),
  columns: () => [],
  isOfLastLaunch: true,
  problems: (check) => {
    const { atLeast, atMost, below, above, changeAtMostPercent } = check;
    const isOpen = [atLeast, atMost, below, above, changeAtMostPercent].every((b) => b === null);
    const lowest = Math.max(atLeast ?? Number.NEGATIVE_INFINITY, above ?? Number.NEGATIVE_INFINITY);
    const highest = Math.min(atMost ?? Number.POSITIVE_INFINITY, below ?? Number.POSITIVE_INFINITY);
    const isStrict = lowest === above || highest === below;
    return [
      ...(isOpen ? ['has no bound, so it could never fail'] : []),
      ...(lowest > highest || (lowest === highest && isStrict)
        ? [`no number is ${boundsOf(check)}, so it could never pass`]
        : []),
    ];
  },
  judge: (check, facts, days) => {
    const { metric: name, changeAtMostPercent } = check;
    const found = facts.metrics.find((each) => each.metric === name);
    const expected = promiseOf(check);
    const silent = silentLaunch(found, facts, days);
    if (found === undefined || silent !== null) {
      return { ...unknown(whyNothing(name, found, silent)), expected };
    }
    const { value, previous, launch, publishedAt } = found;
    const observed = `${name} ${value}`;
    const from = `${observed}, published by ${launch} at ${publishedAt}`;
    const finding = { observed, expected, days: [] };
    if (!isWithin(value, check)) {
      return { ...finding, verdict: 'FAIL', message: `${from}; expected ${expected}` };
    }
    if (changeAtMostPercent === null) return { ...finding, verdict: 'PASS', message: from };
    return { ...finding, ...comparedWith(previous, value, changeAtMostPercent, from) };
  },
};

/** The last launch that ended well, if it is not the one that published: its number is not known. */
function silentLaunch(
  found: PublishedMetric | undefined,
  { history }: CheckFacts,
  days: readonly Day[],
): string | null {
  const ended = days
    .flatMap((day) => history.get(day)?.launches ?? [])
    .filter(({ status }) => status === 'success')
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const last = ended.at(-1)?.launch;
  return last === undefined || last === found?.launch ? null : last;
}

function whyNothing(
  name: string,
  found: PublishedMetric | undefined,
  silent: string | null,
): string {
  if (found === undefined) return `no launch into this range published ${name}`;
  return `launch ${silent} published no ${name}; the last one known is ${found.value}, of launch ${found.launch}`;
}

function comparedWith(
  previous: number | null,
  value: number,
  atMostPercent: number,
  from: string,
): Pick<Finding, 'verdict' | 'message'> {
  if (previous === null) {
    return { verdict: 'UNKNOWN', message: `${from}; no launch before it published one` };
  }
  if (previous === 0 && value !== 0) {
    return {
      verdict: 'UNKNOWN',
      message: `${from}; before it was 0, of which nothing is a percent`,
    };
  }
  const percent = previous === 0 ? 0 : percentOf(Math.abs(value - previous), Math.abs(previous));
  return {
    verdict: percent <= atMostPercent ? 'PASS' : 'FAIL',
    message: `${from}; ${percent.toFixed(1)}% from ${previous} before, at most ${atMostPercent}%`,
  };
}

/** To nine decimals: 4.4 is 10 % from 4, whatever binary fractions make of it. */
function percentOf(part: number, whole: number): number {
  return Number(((100 * part) / whole).toFixed(9));
}

function isWithin(value: number, { atLeast, atMost, below, above }: Bounds): boolean {
  return (
    (atLeast === null || value >= atLeast) &&
    (atMost === null || value <= atMost) &&
    (below === null || value < below) &&
    (above === null || value > above)
  );
}

function promiseOf(check: Metric): string {
  const { changeAtMostPercent } = check;
  return [
    ...(boundsOf(check) === '' ? [] : [boundsOf(check)]),
    ...(changeAtMostPercent === null ? [] : [`within ${changeAtMostPercent}% of the one before`]),
  ].join(', ');
}

function boundsOf({ atLeast, atMost, below, above }: Bounds): string {
  return [
    ...(atLeast === null ? [] : [`≥ ${atLeast}`]),
    ...(above === null ? [] : [`> ${above}`]),
    ...(atMost === null ? [] : [`≤ ${atMost}`]),
    ...(below === null ? [] : [`< ${below}`]),
  ].join(' and ');
}
