import { daySetOf } from '../day-set.ts';
import { dayNumber } from '../days.ts';
import { unknown } from '../judge/facts.ts';
import { measure } from '../state-item.ts';
import { mannKendall } from '../statistics/mann-kendall.ts';
import { LEAST_HISTORY } from '../statistics/not-enough.ts';
import { theilSenSlope } from '../statistics/theil-sen.ts';
import { columnsOf, type DailyMetric, measuresOf, metricProblems } from './daily-metric.ts';
import { longEnough, type OverDays, seriesOf } from './day-series.ts';
import type { CheckKind } from './kind.ts';
import { formatChange, formatValue, sayMetric } from './say-daily-metric.ts';

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

export const trend: CheckKind<Trend> = {
  isStatistical: true,
  reads: ({ metric }) => ({ own: measuresOf(metric).map(measure) }),
  columns: ({ metric }) => columnsOf(metric),
  promised: (check, _facts, days) => longEnough(check, days),
  problems: ({ metric, minimumDays }, relation) => [
    ...metricProblems(metric, relation),
    ...(minimumDays < LEAST_HISTORY
      ? [`minimumDays is ${minimumDays}; a trend needs ${LEAST_HISTORY} days or more`]
      : []),
  ],
  judge: ({ metric, toleranceOverRange, minimumDays }, facts, days) => {
    const name = sayMetric(metric);
    const points = seriesOf(metric, facts, days);
    const first = points[0];
    const last = points.at(-1);
    const expected = `a change under ${formatChange(metric, toleranceOverRange)} over the range`;
    if (first === undefined || last === undefined || points.length < minimumDays) {
      const reason = `${points.length} days with a value, at least ${minimumDays} are needed`;
      return { ...unknown(`${name}: ${reason}`), expected };
    }
    const slope = theilSenSlope(points.map(({ day, value }) => ({ at: dayNumber(day), value })));
    const monotone = mannKendall(points.map(({ value }) => value));
    if (slope.kind === 'not-enough') return { ...unknown(`${name}: ${slope.reason}`), expected };
    if (monotone.kind === 'not-enough') {
      return { ...unknown(`${name}: ${monotone.reason}`), expected };
    }
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
      expected,
      days: daySetOf(isBad ? points.map(({ day }) => day) : []),
      message: `${name} ${observed}, p = ${monotone.p.toPrecision(2)}; last ${formatValue(metric, last.value)}`,
    };
  },
};
