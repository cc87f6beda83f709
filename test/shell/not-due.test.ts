import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const DAILY = monitorOf('daily', {
  what: 'data',
  policy: 'daily',
  tables: null,
  gate: null,
  days: { first: 3, last: 1 },
});
const NOON = { daysAfter: 1, at: '12:00' };
let w: MonitoringWorld;

/** Box scores and team games are due at noon of the day after, forms an hour later. */
function withDue(pipeline: Pipeline): Pipeline {
  return {
    ...pipeline,
    sources: pipeline.sources.map((source) => ({ ...source, due: NOON })),
    phases: pipeline.phases.map((phase, index) => ({
      ...phase,
      tables: phase.tables.map((table) => ({
        ...table,
        due: index === 0 ? NOON : { daysAfter: 1, at: '13:00' },
      })),
    })),
  };
}

beforeEach(async () => {
  w = await openMonitoringWorld([DAILY], withDue);
  const game = { game_id: '20220111_AAA_BBB', game_date: '2022-01-11' };
  await w.warehouse.append(
    parseTableName('raw.schedule'),
    [
      {
        ...game,
        season_year: 2021,
        season_type: 'regular',
        game_status: 3,
        home: 'BBB',
        away: 'AAA',
      },
    ],
    { jobId: 'one-more-game' },
  );
});
afterEach(() => w.close());

const last = async () => {
  const run = await w.last('daily');
  return { verdict: run?.verdict, message: run?.message };
};

describe('a look at data before they are due', () => {
  it('finds nothing missing, and says how much it did not ask for', async () => {
    w.clock.now = '2022-01-12T16:59:00.000Z';
    await w.look('daily');
    expect(w.heard()).toEqual([]);
    expect(await last()).toEqual({
      verdict: 'PASS',
      message: '2 tables on 2022-01-09..2022-01-11; 2 table days not due yet',
    });
  });

  it('finds what is missing from its due time on, and not what comes later', async () => {
    w.clock.now = '2022-01-12T17:30:00.000Z';
    await w.look('daily');
    const [alert, ...others] = w.heard();
    expect(others).toEqual([]);
    expect(alert?.text).toContain('2022-01-11');
    expect(alert?.text).not.toContain('precompute.form');
    expect((await last()).message).toContain('1 table day not due yet');
  });

  it('judges what came early: rows that are wrong are wrong before their time too', async () => {
    const row = { game_id: '20220111_AAA_BBB', game_date: '2022-01-11', team: 'AAA', points: 999 };
    await w.warehouse.append(
      parseTableName('analytics.team_games'),
      [{ ...row, processed_at: '2022-01-12T08:00:00.000Z' }],
      { jobId: 'half-a-game' },
    );
    w.clock.now = '2022-01-12T16:59:00.000Z';
    await w.look('daily');
    expect((await last()).verdict).toBe('FAIL');
    expect(w.heard().length).toBe(1);
  });

  it('is idle where nothing of its days is due, which is no pass', async () => {
    w.clock.now = '2022-01-15T15:00:00.000Z';
    await w.warehouse.append(
      parseTableName('raw.schedule'),
      [
        {
          game_id: '20220114_AAA_BBB',
          game_date: '2022-01-14',
          season_year: 2021,
          season_type: 'regular',
          game_status: 3,
          home: 'BBB',
          away: 'AAA',
        },
      ],
      { jobId: 'yesterday' },
    );
    await w.look('daily');
    expect((await last()).verdict).toBe('IDLE');
  });
});
