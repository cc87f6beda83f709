import type { PhaseName, TableName } from '../core/ids.ts';
import type { Table } from '../core/pipeline.ts';

/** Where a table stands: columns from left to right, rows from top to bottom, both from 0. */
export type Placed = Readonly<{ name: TableName; phase: PhaseName; column: number; row: number }>;

/** The columns of one phase, both included. */
export type PhaseColumns = Readonly<{ phase: PhaseName; first: number; last: number }>;

export type Graph = Readonly<{
  tables: readonly Placed[];
  /** Needs among the tables themselves: `to` reads `from`. */
  lines: readonly Readonly<{ from: Placed; to: Placed }>[];
  phases: readonly PhaseColumns[];
  columns: number;
  rows: number;
}>;

/**
 * Tables in columns of their phases, so that each line goes to the right: within a phase a table stands one column behind
 * the last one of that phase that it reads.
 *
 * @param tables each behind all it needs
 */
export function graphOf(tables: readonly Pick<Table, 'name' | 'phase' | 'needs'>[]): Graph {
  const placed = new Map<TableName, Placed>();
  const phases: PhaseColumns[] = [];
  let first = 0;
  for (const [phase, own] of Map.groupBy(tables, (table) => table.phase)) {
    const used = new Map<number, number>();
    for (const { name, needs } of own) {
      const before = needs.flatMap(({ of }) => {
        const other = placed.get(of);
        return other?.phase === phase ? [other.column + 1] : [];
      });
      const column = Math.max(first, ...before);
      const row = used.get(column) ?? 0;
      used.set(column, row + 1);
      placed.set(name, { name, phase, column, row });
    }
    const last = Math.max(first, ...used.keys());
    phases.push({ phase, first, last });
    first = last + 1;
  }
  const all = [...placed.values()];
  const lines = tables.flatMap(({ name, needs }) => {
    const to = placed.get(name);
    const read = [...new Set(needs.map(({ of }) => of))].flatMap((of) => placed.get(of) ?? []);
    return to === undefined ? [] : read.map((from) => ({ from, to }));
  });
  const rows = Math.max(0, ...all.map(({ row }) => row + 1));
  return { tables: all, lines, phases, columns: first, rows };
}
