import type { Day } from '../days.ts';
import { type Finding, type TableFacts, unknown } from '../judge/facts.ts';
import { measure } from '../state-item.ts';
import type { NotEnough } from '../statistics/not-enough.ts';
import { columnsOf, type DailyMetric, measuresOf, metricProblems } from './daily-metric.ts';
import { type DayPoint, longEnough, type OverDays, seriesOf } from './day-series.ts';
import type { CheckKind } from './kind.ts';
import { sayMetric } from './say-daily-metric.ts';

type OverSeries = OverDays & Readonly<{ metric: DailyMetric }>;

/** What differs between the kinds that look at the days of a metric as one series. */
type MetricSeries<Check> = Readonly<{
  /** `minimumDays` may not be less: the method behind it cannot tell. */
  leastDays: number;
  expected: (check: Check) => string;
  /** @param points at least `minimumDays` days with a value, in order */
  judge: (
    check: Check,
    points: readonly DayPoint[],
    days: readonly Day[],
    facts: TableFacts,
  ) => Omit<Finding, 'expected'> | NotEnough;
}>;

/** A statistical kind of check over a series of days; fewer days with a value than it needs are UNKNOWN. */
export function metricSeries<Check extends OverSeries & Readonly<{ kind: string }>>({
  leastDays,
  expected: expectedOf,
  judge,
}: MetricSeries<Check>): CheckKind<Check> {
  return {
    isStatistical: true,
    reads: ({ metric }) => ({ own: measuresOf(metric).map(measure) }),
    columns: ({ metric }) => columnsOf(metric),
    promised: (check, _facts, days) => longEnough(check, days),
    problems: ({ kind, metric, minimumDays }, relation) => [
      ...metricProblems(metric, relation),
      ...(minimumDays < leastDays
        ? [`minimumDays is ${minimumDays}; ${kind} needs ${leastDays} days or more`]
        : []),
    ],
    judge: (check, facts, days) => {
      const { metric, minimumDays } = check;
      const name = sayMetric(metric);
      const expected = expectedOf(check);
      const points = seriesOf(metric, facts, days);
      if (points.length < minimumDays) {
        const reason = `${points.length} days with a value, at least ${minimumDays} are needed`;
        return { ...unknown(`${name}: ${reason}`), expected };
      }
      const found = judge(check, points, days, facts);
      if ('reason' in found) return { ...unknown(`${name}: ${found.reason}`), expected };
      return { ...found, expected, message: `${name}: ${found.message}` };
    },
  };
}
