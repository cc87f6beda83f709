import { daySetOf } from '../day-set.ts';
import { changeOfMean } from '../statistics/change-of-mean.ts';
import { changeOfShare } from '../statistics/change-of-share.ts';
import type { NotEnough } from '../statistics/not-enough.ts';
import { LEAST_HISTORY } from '../statistics/not-enough.ts';
import type { DailyMetric } from './daily-metric.ts';
import type { DayPoint, OverDays } from './day-series.ts';
import { metricSeries } from './metric-series.ts';
import { formatChange, formatParts, formatValue } from './say-daily-metric.ts';

/**
 * A number stays at one level: the split of the days that explains it best is either no better than
 * chance, or the levels before and after differ by less than `minimumChange`. Names the day since when.
 */
export type SuddenChange = OverDays &
  Readonly<{
    kind: 'sudden-change';
    metric: DailyMetric;
    /** In the metric's unit. */
    minimumChange: number;
  }>;

type Split = Readonly<{ index: number; change: number; before: string; after: string }>;

export const suddenChange = metricSeries<SuddenChange>({
  leastDays: LEAST_HISTORY,
  expected: ({ metric, minimumChange }) =>
    `no change by ${formatChange(metric, minimumChange)} or more`,
  judge: ({ metric, minimumChange }, points) => {
    const split = splitOf(metric, points);
    if (split !== null && 'reason' in split) return split;
    if (split === null) {
      const observed = `one level on ${points.length} days`;
      return { verdict: 'PASS', observed, days: [], message: observed };
    }
    const { index, change, before, after } = split;
    const isBad = Math.abs(change) >= minimumChange;
    const rises = metric.of === 'share' && change > 0;
    const bad = rises ? points.slice(0, index) : points.slice(index);
    const observed = `since ${points[index]?.day}: ${before} before, ${after} after`;
    return {
      verdict: isBad ? 'FAIL' : 'PASS',
      observed,
      days: daySetOf(isBad ? bad.map(({ day }) => day) : []),
      message: observed,
    };
  },
});

/** Null where one level explains the days as well as two. */
function splitOf(metric: DailyMetric, points: readonly DayPoint[]): Split | NotEnough | null {
  if (metric.of === 'share') {
    const found = changeOfShare(points.map(({ part, whole }) => ({ k: part, n: whole })));
    if (found.kind !== 'change') return found.kind === 'no-change' ? null : found;
    const { index, before, after } = found;
    const say = ({ k, n }: typeof before) => formatParts(metric, { part: k, whole: n });
    const change = 100 * (after.k / after.n - before.k / before.n);
    return { index, change, before: say(before), after: say(after) };
  }
  const found = changeOfMean(points.map(({ value }) => value));
  if (found.kind !== 'change') return found.kind === 'no-change' ? null : found;
  const { index, before, after } = found;
  const say = (value: number) => formatValue(metric, value);
  return { index, change: after - before, before: say(before), after: say(after) };
}
