import { PhasegateError } from '../../../shared/core/errors.ts';
import { tablesOf } from '../../../shared/core/pipeline.ts';
import { PROFILES } from '../../../shared/core/system-tables.ts';
import type { DayState, Row, Statement, Warehouse } from '../../../shared/ports/warehouse.ts';
import { quoteTable } from '../../../shared/sql/quote.ts';
import { scheduleQuery } from '../../../shared/sql/schedule-query.ts';
import type { Chain } from '../core/chain.ts';
import { gameDays } from './long-chain.ts';

const CHANGED_AT = '2026-01-02T04:00:00.000Z';
const TEAMS = 2;

/**
 * A warehouse in which every job has done its work, and whose answers take no time: what is left of a gate is what it
 * does beside waiting for a warehouse. The first gate of a table reads its days; what it keeps answers the next one. It
 * knows what gates of the chain ask, and refuses anything else.
 */
export function storedWarehouse(chain: Chain): Warehouse {
  const { pipeline } = chain;
  const tables = tablesOf(pipeline);
  const days = gameDays(chain);
  const source = pipeline.sources.find(({ name }) => name === pipeline.calendar.schedule);
  const scheduleSql = scheduleQuery(pipeline.calendar, source?.dayColumn ?? '');
  const games = days.map(
    ({ day, season }): Row => ({ id: day, day, season, type: 'regular', home: 'A', away: 'B' }),
  );
  const kept = new Map<string, Row[]>();

  const rowsOf = ({ sql, params }: Statement): readonly Row[] => {
    if (sql === scheduleSql) {
      const [from, to] = [String(params.from0?.value), String(params.to0?.value)];
      return games.filter(({ day }) => String(day) >= from && String(day) <= to);
    }
    if (sql.includes(quoteTable(PROFILES.name))) {
      return Object.values(params).flatMap(({ value }) => kept.get(String(value)) ?? []);
    }
    if (/^SELECT\s+`game_date` AS day,\s+COUNT\(\*\) AS m0\s+FROM `a\.t\d+`\s/.test(sql)) {
      return days.map(({ day }) => ({ day, m0: TEAMS }));
    }
    return refuse(sql);
  };

  return {
    query: async (statement, options) => ({
      rows: rowsOf(statement),
      bytesProcessed: 0,
      bytesBilled: 0,
      jobId: options?.jobId ?? 'stored',
    }),

    async append(table, rows) {
      if (table !== PROFILES.name) return;
      for (const { table_name: of, day, token, state } of rows) {
        const row = { what: 'state', table_name: of ?? '', day: day ?? '', name: token ?? '' };
        const all = kept.get(String(of)) ?? [];
        kept.set(String(of), [...all, { ...row, body: state ?? '' }]);
      }
    },

    dayStates: async (names) =>
      names.flatMap((table): readonly DayState[] =>
        tables.some(({ name }) => name === table)
          ? days.map(({ day }) => ({ table, day, rows: TEAMS, changedAt: CHANGED_AT }))
          : [],
      ),
    columnsOf: async (table) => tables.find(({ name }) => name === table)?.columns ?? null,
    viewSql: async () => null,
    layoutOf: async () => null,
    dryRun: async () => ({ bytesProcessed: 0 }),
    write: async ({ sql }) => refuse(sql),
    ensureTable: async ({ name }) => refuse(name),
    loadFile: async (table) => refuse(table),
    replaceView: async (name) => refuse(name),
    dropTable: async (table) => refuse(table),
  };
}

function refuse(what: string): never {
  throw new PhasegateError('bug', `no hand-over of the chain asks for this: ${what}`);
}
