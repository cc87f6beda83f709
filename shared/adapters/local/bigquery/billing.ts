import type { BytesRead } from './scans.ts';

const MIB = 1_048_576;
const LEAST_MIB_A_TABLE = 10;

export function bytesProcessed(read: BytesRead): number {
  return [...read.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * BigQuery's on-demand rule: for each table that a query refers to the bytes processed, rounded up
 * to a MiB, and at least 10 MiB; nothing when it refers to none.
 * Source: cloud.google.com/bigquery/pricing, on-demand compute pricing.
 */
export function bytesBilled(read: BytesRead): number {
  const mebibytes = [...read.values()].map((bytes) =>
    Math.max(LEAST_MIB_A_TABLE, Math.ceil(bytes / MIB)),
  );
  return mebibytes.reduce((sum, each) => sum + each, 0) * MIB;
}
