import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SelectTable } from '../../shared/core/table-job.ts';
import { selectTablesOf } from '../core/build.ts';
import { TINY } from '../fixtures/tiny-warehouse.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const [TEAM_GAMES] = selectTablesOf(TINY.pipeline) as [SelectTable];
const BOXSCORES = monitorOf('boxscores', {
  what: 'data',
  days: { first: 10, last: 1 },
  policy: 'daily',
  tables: [TEAM_GAMES.name],
  gate: null,
});
const DAY = '2022-01-05';
let w: MonitoringWorld;
beforeEach(async () => {
  w = await openMonitoringWorld([BOXSCORES]);
});
afterEach(() => w.close());

async function rowsOf(day: string) {
  const sql = `SELECT game_id, team FROM \`${TEAM_GAMES.name}\` WHERE game_date BETWEEN @day AND @day ORDER BY game_id, team`;
  const params = { day: { type: 'DATE', value: day } } as const;
  return (await w.warehouse.query({ sql, params })).rows;
}

describe('a monitor of box scores', () => {
  it('names the game and the team that a partial game lacks', async () => {
    const [row] = await rowsOf(DAY);
    await w.write(TEAM_GAMES, DAY, `AND team != '${row?.team}'`);
    await w.look('boxscores');
    const [alert] = w.heard();
    expect(alert?.text).toContain(`such as ${row?.game_id}/${row?.team}`);
    expect(alert?.text).toContain(`on ${DAY} (1 day)`);
  });

  it('names the game and the team that are there twice', async () => {
    const [row] = await rowsOf(DAY);
    const again = {
      game_id: row?.game_id ?? '',
      team: row?.team ?? '',
      game_date: DAY,
      points: 99,
    };
    await w.warehouse.append(TEAM_GAMES.name, [again], { jobId: 'twice' });
    await w.look('boxscores');
    const [alert] = w.heard();
    expect(alert?.text).toContain(`game_id=${row?.game_id}`);
    expect(alert?.text).toContain(`team=${row?.team}`);
  });

  it('expects nothing of a game that is not over', async () => {
    const game = {
      game_id: '20220109_ZZZ_YYY',
      game_date: '2022-01-09',
      season_year: 2021,
      season_type: 'regular',
      game_status: 1,
      home: 'YYY',
      away: 'ZZZ',
    };
    await w.warehouse.append('raw.schedule' as never, [game], { jobId: 'not-played' });
    await w.look('boxscores');
    expect(
      w
        .heard()
        .map(({ text }) => text)
        .filter((text) => text.includes('ZZZ')),
    ).toEqual([]);
  });
});
