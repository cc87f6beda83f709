import { type DaySet, daySetOf, eachDay } from '../day-set.ts';
import type { TableFacts } from '../judge/facts.ts';
import { measure } from '../state-item.ts';
import { bandMean } from '../statistics/mean-bands.ts';
import { bandShare } from '../statistics/ratio-bands.ts';
import { compareShares } from '../statistics/two-proportions.ts';
import { type Compared, judgeAgainst, notCompared } from './against-baseline.ts';
import {
  type AgainstBaseline,
  baselineDays,
  baselineProblems,
  baselineStart,
  promisedAgainst,
} from './baseline.ts';
import { columnsOf, type DailyMetric, measuresOf, metricProblems } from './daily-metric.ts';
import { type DayPoint, type Parts, quotientOf, seriesOf, totalOf } from './day-series.ts';
import type { CheckKind } from './kind.ts';
import { formatParts, sayMetric } from './say-daily-metric.ts';

/**
 * A number against the same number of a baseline that passes its own gate: at least 0.95 × old is OK, below it
 * DEGRADATION (the check warns), below 0.90 × old REGRESSION (it fails). Near 100 % what is missing counts as well, and a
 * share that chance explains (p ≥ 0.05) is not held against it. A mean and rows per game may move neither way.
 */
export type Regression = AgainstBaseline &
  Readonly<{
    kind: 'regression';
    metric: DailyMetric;
    /** Rows of a share or values of a mean that each side needs: fewer show nothing. */
    minimumPopulation: number;
    /** A mean or rows per game that moves by less is OK; in the metric's unit. */
    minimumChange: number;
  }>;

type Judged = Readonly<{ band: string; verdict: Compared['verdict']; why?: string }>;

const ALPHA = 0.05;

export const regression: CheckKind<Regression> = {
  isStatistical: true,
  reads: ({ metric }) => ({ own: measuresOf(metric).map(measure) }),
  columns: ({ metric }) => columnsOf(metric),
  promised: promisedAgainst,
  baseline: baselineDays,
  looksBackTo: baselineStart,
  problems: (check, relation, pipeline) => [
    ...metricProblems(check.metric, relation),
    ...baselineProblems(check, pipeline),
    ...(check.metric.of === 'share' && check.minimumChange > 0
      ? ['minimumChange is for a mean or rows per game; a share has its own bounds']
      : []),
  ],
  judge: (check, facts, days) => {
    const expected = '≥ 0.95 × the baseline';
    const compare = (now: DaySet, before: DaySet) => comparedOf(check, facts, now, before);
    return judgeAgainst(check, facts, days, sayMetric(check.metric), expected, compare);
  },
};

function comparedOf(check: Regression, facts: TableFacts, now: DaySet, before: DaySet): Compared {
  const { metric } = check;
  const points = seriesOf(metric, facts, [...eachDay(now)]);
  const fresh = totalOf(points);
  const old = totalOf(seriesOf(metric, facts, [...eachDay(before)]));
  const least = metric.of === 'rows-per-game' ? 1 : check.minimumPopulation;
  const thin = Math.min(fresh.whole, old.whole);
  if (thin < least) {
    return notCompared(`${old.whole} before and ${fresh.whole} now, at least ${least} are needed`);
  }
  const judged = metric.of === 'share' ? judgeShare(old, fresh) : judgeLevel(check, old, fresh);
  if (judged.verdict === 'UNKNOWN') return notCompared(judged.band);
  const values = `${formatParts(metric, old)} before, ${formatParts(metric, fresh)} now`;
  return {
    verdict: judged.verdict,
    observed: `${judged.band}, ${values}${judged.why ?? ''}`,
    days: judged.verdict === 'PASS' ? [] : movedDays(metric, old, fresh, points),
  };
}

function judgeShare(old: Parts, now: Parts): Judged {
  const before = { k: old.part, n: old.whole };
  const after = { k: now.part, n: now.whole };
  const found = bandShare(before, after);
  const comparison = compareShares(before, after);
  if (found.kind === 'not-enough') return { band: found.reason, verdict: 'UNKNOWN' };
  if (comparison.kind === 'not-enough') return { band: comparison.reason, verdict: 'UNKNOWN' };
  if (found.kind !== 'band') return NOTHING_TO_DIVIDE_BY;
  const worse = found.band === 'DEGRADATION' || found.band === 'REGRESSION';
  if (worse && comparison.p >= ALPHA) {
    const why = `; lower, and chance explains it (p = ${comparison.p.toPrecision(2)})`;
    return { band: 'OK', verdict: 'PASS', why };
  }
  const why = found.from === 'missing' ? '; the missing share more than doubled' : '';
  return { band: found.band, verdict: VERDICT[found.band], why };
}

function judgeLevel({ metric, minimumChange }: Regression, old: Parts, now: Parts): Judged {
  const found = bandMean(quotientOf(metric, old), quotientOf(metric, now), minimumChange);
  if (found.kind === 'not-enough') return { band: found.reason, verdict: 'UNKNOWN' };
  if (found.kind !== 'band') return NOTHING_TO_DIVIDE_BY;
  return { band: found.band, verdict: VERDICT[found.band] };
}

/** Days that moved the way of the whole by more than 5 % of the old value; all of them when none did. */
function movedDays(
  metric: DailyMetric,
  old: Parts,
  now: Parts,
  points: readonly DayPoint[],
): DaySet {
  const before = quotientOf(metric, old);
  const way = Math.sign(quotientOf(metric, now) - before);
  const moved = points.filter(({ value }) => way * (value - before) > 0.05 * Math.abs(before));
  return daySetOf((moved.length > 0 ? moved : points).map(({ day }) => day));
}

const VERDICT = {
  OK: 'PASS',
  IMPROVEMENT: 'PASS',
  DEGRADATION: 'WARN',
  REGRESSION: 'FAIL',
} as const;

const NOTHING_TO_DIVIDE_BY: Judged = {
  band: 'the baseline is 0, so there is no ratio; only a fixed threshold can judge this',
  verdict: 'UNKNOWN',
};
