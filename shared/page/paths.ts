import type { RunId, TableName } from '../core/ids.ts';

/** Addresses of the page's views: they stay the same from release to release, since alerts and people keep them. */
export const NOW = '/';
export const RUNS = '/runs';
export const TABLES = '/tables';
export const MONITORS = '/monitors';
export const AUDIT = '/audit';

export const runPath = (run: RunId) => `${RUNS}/${encodeURIComponent(run)}`;
export const gatePath = (evidence: string) => `/gates/${encodeURIComponent(evidence)}`;
export const tablePath = (table: TableName) => `${TABLES}/${encodeURIComponent(table)}`;
export const monitorPath = (monitor: string) => `${MONITORS}/${encodeURIComponent(monitor)}`;
