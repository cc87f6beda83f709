import { daySetOf } from '../day-set.ts';
import { type Finding, unknown } from '../judge/facts.ts';
import { measure } from '../state-item.ts';
import { changeOfMean } from '../statistics/change-of-mean.ts';
import { changeOfShare } from '../statistics/change-of-share.ts';
import type { NotEnough } from '../statistics/not-enough.ts';
import { LEAST_HISTORY } from '../statistics/not-enough.ts';
import { columnsOf, type DailyMetric, measuresOf, metricProblems } from './daily-metric.ts';
import { type DayPoint, longEnough, type OverDays, seriesOf } from './day-series.ts';
import type { CheckKind } from './kind.ts';
import { formatChange, formatParts, formatValue, sayMetric } from './say-daily-metric.ts';

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

export const suddenChange: CheckKind<SuddenChange> = {
  isStatistical: true,
  reads: ({ metric }) => ({ own: measuresOf(metric).map(measure) }),
  columns: ({ metric }) => columnsOf(metric),
  promised: (check, _facts, days) => longEnough(check, days),
  problems: ({ metric, minimumDays }, relation) => [
    ...metricProblems(metric, relation),
    ...(minimumDays < LEAST_HISTORY
      ? [`minimumDays is ${minimumDays}; a change needs ${LEAST_HISTORY} days or more`]
      : []),
  ],
  judge: ({ metric, minimumChange, minimumDays }, facts, days) => {
    const name = sayMetric(metric);
    const points = seriesOf(metric, facts, days);
    const expected = `no change by ${formatChange(metric, minimumChange)} or more`;
    if (points.length < minimumDays) {
      const reason = `${points.length} days with a value, at least ${minimumDays} are needed`;
      return { ...unknown(`${name}: ${reason}`), expected };
    }
    const split = splitOf(metric, points);
    if (split !== null && 'reason' in split) {
      return { ...unknown(`${name}: ${split.reason}`), expected };
    }
    if (split === null) {
      const observed = `one level on ${points.length} days`;
      return { verdict: 'PASS', observed, expected, days: [], message: `${name}: ${observed}` };
    }
    const { index, change, before, after } = split;
    const isBad = Math.abs(change) >= minimumChange;
    const rises = metric.of === 'share' && change > 0;
    const bad = rises ? points.slice(0, index) : points.slice(index);
    const observed = `since ${points[index]?.day}: ${before} before, ${after} after`;
    return {
      verdict: isBad ? 'FAIL' : 'PASS',
      observed,
      expected,
      days: daySetOf(isBad ? bad.map(({ day }) => day) : []),
      message: `${name}: ${observed}`,
    } satisfies Finding;
  },
};

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
