import type { Instant } from '../../core/run.ts';

/** Answers with what was read for this key a moment ago, or reads it: once, however many ask meanwhile. */
export type Cache<Value> = (key: string, read: () => Promise<Value>) => Promise<Value>;

/** @param keepMs so long after it was read a value is answered again; an error never is */
export function cached<Value>(now: () => Instant, keepMs: number): Cache<Value> {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  return (key, read) => {
    const at = Date.parse(now());
    for (const [each, { until }] of kept) if (until <= at) kept.delete(each);
    const known = kept.get(key);
    if (known !== undefined) return known.value;
    const entry = { value: read(), until: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    entry.value.then(
      () => {
        entry.until = Date.parse(now()) + keepMs;
      },
      () => {
        if (kept.get(key) === entry) kept.delete(key);
      },
    );
    return entry.value;
  };
}
