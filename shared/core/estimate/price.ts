const TIB = 2 ** 40;

/** What a statement is billed for at the least, for each table that it reads. */
export const MINIMUM_BYTES = 10 * 2 ** 20;

/** On demand, in the multi-region US; other places differ. */
export const USD_PER_TIB = 6.25;

/**
 * What BigQuery on demand charges for so many billed bytes, the free TiB of each month left aside:
 * `bytes / 2^40 * 6.25` (cloud.google.com/bigquery/pricing, on-demand compute).
 */
export function usdOf(billedBytes: number): number {
  return (billedBytes / TIB) * USD_PER_TIB;
}
