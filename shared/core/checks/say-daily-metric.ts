import { formatShare } from '../percent.ts';
import type { DailyMetric } from './daily-metric.ts';
import { type Parts, quotientOf } from './day-series.ts';

/** A share with its counts; anything else to four digits. */
export function formatParts(metric: DailyMetric, parts: Parts): string {
  return metric.of === 'share'
    ? formatShare(parts.part, parts.whole)
    : formatValue(metric, quotientOf(metric, parts));
}

/** A share is cut, not rounded: 99.96 is never 100. */
export function formatValue({ of }: DailyMetric, value: number): string {
  return of === 'share' ? `${(Math.floor(value * 10) / 10).toFixed(1)}%` : rounded(value);
}

/** A difference of two values of the metric, with its unit. */
export function formatChange(metric: DailyMetric, change: number): string {
  const size = rounded(Math.abs(change));
  switch (metric.of) {
    case 'share':
      return `${size} percentage points`;
    case 'mean':
      return size;
    case 'rows-per-game':
      return `${size} rows a game`;
  }
}

/** The metric as a person would call it. */
export function sayMetric(metric: DailyMetric): string {
  if (metric.of === 'rows-per-game') return 'rows per game';
  const name = metric.of === 'share' ? `share of ${metric.holds}` : `mean of ${metric.column}`;
  return metric.where === null ? name : `${name} where ${metric.where}`;
}

export function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
