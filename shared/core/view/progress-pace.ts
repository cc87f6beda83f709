import type { Instant } from '../run.ts';
import { timeSpan } from './time-span.ts';

/** Milliseconds that a day takes: the middle of what was seen, and the bounds of the half around it. */
export type Pace = Readonly<{ low: number; middle: number; high: number }>;

/** Days of which a launch told at one instant that they are written. */
export type Stride = Readonly<{ at: Instant; days: number }>;

/** Fewer strides than these show no spread. */
const ENOUGH = 3;

/** The pace of a launch by what it has told so far, oldest first; null before its first stride. */
export function paceOf(began: Instant, strides: readonly Stride[]): Pace | null {
  let before = Date.parse(began);
  const each: number[] = [];
  let days = 0;
  for (const stride of strides) {
    if (stride.days === 0) continue;
    const at = Date.parse(stride.at);
    each.push((at - before) / stride.days);
    days += stride.days;
    before = at;
  }
  if (days === 0) return null;
  const middle = (before - Date.parse(began)) / days;
  if (each.length < ENOUGH) return { low: middle, middle, high: middle };
  const { low, high } = spreadOf(each);
  return { low: Math.min(low, middle), middle, high: Math.max(high, middle) };
}

/** The pace of a table by its earlier launches, of each the milliseconds a day; null without any. */
export function paceOfPast(launches: readonly number[]): Pace | null {
  return launches.length === 0 ? null : spreadOf(launches);
}

/** How long these days will take yet, `gone` milliseconds after the last one was told: `3 min to 5 min left`. */
export function timeLeft({ low, high }: Pace, days: number, gone: number): string {
  const [soonest, latest] = [low, high].map((each) => timeSpan(each * days - gone));
  return soonest === latest ? `about ${soonest} left` : `${soonest} to ${latest} left`;
}

/** `44 days/min`, `2.5 days/min`. */
export function rateOf({ middle }: Pace): string {
  const perMinute = 60_000 / Math.max(middle, 1);
  return `${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)} days/min`;
}

/** Quarter, half and three quarters of them, each a value that was seen. */
function spreadOf(values: readonly number[]): Pace {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: at(0.25), middle: at(0.5), high: at(0.75) };
}
