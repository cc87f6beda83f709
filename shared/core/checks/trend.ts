import { daySetOf } from '../day-set.ts';
import { dayNumber } from '../days.ts';
import { mannKendall } from '../statistics/mann-kendall.ts';
import { LEAST_HISTORY } from '../statistics/not-enough.ts';
import { theilSenSlope } from '../statistics/theil-sen.ts';
import type { DailyMetric } from './daily-metric.ts';
import type { OverDays } from './day-series.ts';
import { metricSeries } from './metric-series.ts';
import { formatChange, formatValue } from './say-daily-metric.ts';

/**
 * A number does not decay slowly: the Theil-Sen slope times the calendar days from the first to the
 * last value stays under the tolerance, unless chance explains it (Mann-Kendall, p ≥ 0.01, strict because days
 * resemble their neighbours). A share that rises is no decay; a mean and rows per game may do neither.
 */
export type Trend = OverDays &
  Readonly<{
    kind: 'trend';
    metric: DailyMetric;
    /** Change from the first to the last day, in the metric's unit, that is not tolerated any more. */
    toleranceOverRange: number;
  }>;

const ALPHA = 0.01;

export const trend = metricSeries<Trend>({
  leastDays: LEAST_HISTORY,
  expected: ({ metric, toleranceOverRange }) =>
    `a change under ${formatChange(metric, toleranceOverRange)} over the range`,
  judge: ({ metric, toleranceOverRange }, points) => {
    const slope = theilSenSlope(points.map(({ day, value }) => ({ at: dayNumber(day), value })));
    const monotone = mannKendall(points.map(({ value }) => value));
    if (slope.kind === 'not-enough') return slope;
    if (monotone.kind === 'not-enough') return monotone;
    const first = points[0]!;
    const last = points.at(-1)!;
    const change = slope.perUnit * (dayNumber(last.day) - dayNumber(first.day));
    const isBad =
      Math.abs(change) >= toleranceOverRange &&
      monotone.p < ALPHA &&
      (metric.of !== 'share' || change < 0);
    const moves = `${change < 0 ? 'falls' : 'rises'} by ${formatChange(metric, change)}`;
    const observed = `${change === 0 ? 'stays level' : moves} from ${first.day} to ${last.day}`;
    return {
      verdict: isBad ? 'FAIL' : 'PASS',
      observed,
      days: daySetOf(isBad ? points.map(({ day }) => day) : []),
      message: `${observed}, p = ${monotone.p.toPrecision(2)}; last ${formatValue(metric, last.value)}`,
    };
  },
});
