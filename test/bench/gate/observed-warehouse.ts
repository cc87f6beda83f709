import type { Statement, Warehouse } from '../../../shared/ports/warehouse.ts';

/** One thing that was asked of a warehouse and that it did. */
export type Sent = Readonly<{
  how: 'query' | 'dry run' | 'day states' | 'append';
  /** Null where no statement of ours was sent. */
  statement: Statement | null;
  /** Tables that the statement names, or that were asked about or appended to. */
  tables: readonly string[];
  /** As the warehouse says; 0 for what is no query. */
  bytesProcessed: number;
}>;

/** The real warehouse, with a note of everything that goes through it. */
export function observedWarehouse(
  real: Warehouse,
): Readonly<{ warehouse: Warehouse; sent: Sent[] }> {
  const sent: Sent[] = [];
  const warehouse: Warehouse = {
    ...real,
    query: async (statement, options) => {
      const answer = await real.query(statement, options);
      const { bytesProcessed } = answer;
      sent.push({ how: 'query', statement, tables: tablesNamed(statement), bytesProcessed });
      return answer;
    },
    dryRun: async (statement) => {
      const answer = await real.dryRun(statement);
      sent.push({ how: 'dry run', statement, tables: tablesNamed(statement), bytesProcessed: 0 });
      return answer;
    },
    dayStates: async (tables) => {
      const states = await real.dayStates(tables);
      sent.push({ how: 'day states', statement: null, tables, bytesProcessed: 0 });
      return states;
    },
    append: async (table, rows, options) => {
      await real.append(table, rows, options);
      sent.push({ how: 'append', statement: null, tables: [table], bytesProcessed: 0 });
    },
  };
  return { warehouse, sent };
}

/** Every generated statement writes a table as one quoted name. */
function tablesNamed({ sql }: Statement): readonly string[] {
  return [...new Set([...sql.matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name ?? ''))];
}
