import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Row } from '../../shared/ports/warehouse.ts';
import { DAY, events, players, teams } from '../fixtures/nba-mini-games.ts';
import { type NbaWorld, openNbaWorld, TABLES } from './nba-world.ts';

let world: NbaWorld;
const rows = new Map<string, Row>();

beforeAll(async () => {
  world = await openNbaWorld();
  const raw: [string, readonly Row[]][] = [
    ['nba_raw.nbac_team_boxscore', teams],
    ['nba_raw.nbac_gamebook_player_stats', players],
    ['nba_raw.bigdataball_play_by_play', events],
  ];
  for (const [name, own] of raw) {
    await world.warehouse.append(parseTableName(name), own, { jobId: name.replace('.', '-') });
  }
  await world.write({ from: DAY, to: DAY });
  for (const table of TABLES.filter(({ name }) => /_game_summary$/.test(name))) {
    for (const row of await world.rowsOf(table)) {
      const [, kind] = /\.(player|team_offense|team_defense)_/.exec(table.name)!;
      rows.set(`${kind} ${row.player_lookup ?? row.defending_team_abbr ?? row.team_abbr}`, row);
    }
  }
}, 60_000);
afterAll(() => world.close());

const offense = (team: string) => rows.get(`team_offense ${team}`);
const defense = (team: string) => rows.get(`team_defense ${team}`);
const player = (lookup: string) => rows.get(`player ${lookup}`);

describe('a team', () => {
  it.each([
    // 90 + 0.44 × 25 + 15 − 10 = 106; 100 × 120 / 106; 48 × 106 / 53; 120 / (2 × 101)
    ['AAA', { possessions: 106, offensive_rating: 113.21, pace: 96, ts_pct: 0.594 }],
    // 88 + 0.44 × 30 + 12 − 9 = 104.2, stored as 104; 100 × 116 / 104.2; 48 × 104.2 / 53; 116 / (2 × 101.2)
    ['BBB', { possessions: 104, offensive_rating: 111.32, pace: 94.4, ts_pct: 0.573 }],
  ])('%s in overtime has %j', (team, numbers) => {
    expect(offense(team)).toMatchObject(numbers);
  });

  it('is told by its opponent in the defense', () => {
    expect(defense('AAA')).toMatchObject({
      points_allowed: 116,
      defensive_rating: 111.32,
      opponent_pace: 94.4,
      opponent_ts_pct: 0.573,
      turnovers_forced: 12,
      three_pt_points_allowed: 30,
      win_flag: true,
    });
    expect(defense('BBB')).toMatchObject({ points_allowed: 120, defensive_rating: 113.21 });
  });

  it.each([
    ['DDD', 240, 0],
    ['AAA', 265, 1],
    ['EEE', 290, 2],
    ['GGG', 315, 3],
  ])('%s with %i team minutes has played %i overtimes', (team, minutes, periods) => {
    expect(offense(team)).toMatchObject({ team_minutes: minutes, overtime_periods: periods });
    expect(defense(team)).toMatchObject({ overtime_periods: periods });
  });

  it('has its zones from its shots, and is told that they are fewer than its attempts', () => {
    expect(offense('AAA')).toMatchObject({
      team_paint_attempts: 11,
      team_paint_makes: 5,
      team_mid_range_attempts: 4,
      team_mid_range_makes: 2,
      points_in_paint_scored: 10,
      quality_score: 95,
      quality_issues: 'shot_zones_incomplete',
    });
  });

  it('has zones that are NULL and not 0 in a game without shots', () => {
    expect(offense('DDD')).toMatchObject({
      team_paint_attempts: null,
      team_paint_makes: null,
      team_mid_range_attempts: null,
      team_mid_range_makes: null,
      points_in_paint_scored: null,
      shot_zones_available: false,
      shot_zones_source: null,
      quality_score: 85,
      quality_tier: 'silver',
    });
  });

  it('whose opponent has no row has allowed NULL points and is not ready for production', () => {
    expect(defense('DDD')).toMatchObject({
      points_allowed: null,
      defensive_rating: null,
      quality_score: 0,
      quality_tier: 'unusable',
      quality_issues: expect.stringContaining('missing_required:points_allowed'),
      is_production_ready: false,
    });
  });
});

describe('the usage rate', () => {
  it('in overtime takes the team minutes by five, not 48', () => {
    // 100 × (20 + 4.4 + 4) × 53 / (40 × (90 + 11 + 15)); with 48 minutes it would be 29.38
    expect(player('star')).toMatchObject({ usage_rate: 32.44, usage_rate_valid: true });
  });

  it('of somebody who shot nothing but free throws counts them', () => {
    // 100 × 0.88 × 53 / (5 × 116)
    expect(player('fouled')).toMatchObject({ usage_rate: 8.04 });
  });

  it('of somebody who did nothing is 0 and not NULL', () => {
    expect(player('idle')).toMatchObject({ usage_rate: 0, usage_rate_valid: true });
  });

  it('of 0 minutes is NULL, and so is its validity', () => {
    expect(player('blink')).toMatchObject({
      minutes_played: 0,
      usage_rate: null,
      usage_rate_valid: null,
      usage_rate_raw: null,
      usage_rate_anomaly_reason: null,
      is_production_ready: true,
    });
  });

  it('above 100 is NULL, and its value is kept aside', () => {
    // 100 × 3 × 53 / (1 × 116)
    expect(player('hasty')).toMatchObject({
      usage_rate: null,
      usage_rate_valid: false,
      usage_rate_raw: 137.07,
      usage_rate_anomaly_reason: 'above_100',
    });
  });

  it('above 50 stays and is called suspicious', () => {
    // 100 × 3 × 53 / (2 × 116)
    expect(player('eager')).toMatchObject({
      usage_rate: 68.53,
      usage_rate_valid: true,
      usage_rate_raw: null,
      usage_rate_anomaly_reason: 'suspicious_above_50',
    });
  });

  it('without the team row is NULL, and the row is neither gold nor ready for production', () => {
    // 100 − 50 for the team row − 5 for the zones
    expect(player('orphan')).toMatchObject({
      points: 31,
      usage_rate: null,
      usage_rate_valid: null,
      win_flag: null,
      quality_score: 45,
      quality_tier: 'poor',
      quality_issues: 'missing_required:team_offense_game_summary,shot_zones_unavailable',
      is_production_ready: false,
      data_sources: 'nbac_gamebook',
    });
  });
});

describe('a player', () => {
  it.each([
    ['star', 0.635, 0.575], // 31 / (2 × 24.4); (10 + 1.5) / 20
    ['hasty', 0, 0],
    ['idle', null, null],
    ['fouled', null, null],
  ])('%s has true shooting %s and effective shooting %s', (lookup, ts, efg) => {
    expect(player(lookup)).toMatchObject({ ts_pct: ts, efg_pct: efg });
  });

  it('has three zones that add up: paint through 8 feet, mid-range beyond, threes by name', () => {
    expect(player('star')).toMatchObject({
      paint_attempts: 10,
      paint_makes: 5,
      mid_range_attempts: 4,
      mid_range_makes: 2,
      three_attempts_pbp: 6,
      three_makes_pbp: 3,
      has_complete_shot_zones: true,
      quality_score: 100,
      quality_tier: 'gold',
      quality_issues: '',
    });
  });

  it('who did not shoot in a game with shots has complete zones of 0', () => {
    expect(player('idle')).toMatchObject({
      paint_attempts: 0,
      mid_range_attempts: 0,
      three_attempts_pbp: 0,
      has_complete_shot_zones: true,
    });
  });

  it('with fewer shots than attempts has incomplete zones', () => {
    // 100 − 5 for the usage rate − 5 for the zones
    expect(player('hasty')).toMatchObject({
      paint_attempts: 1,
      has_complete_shot_zones: false,
      quality_score: 90,
      quality_issues: 'usage_rate_above_100,shot_zones_incomplete',
    });
  });

  it('of a game without shots has zones that are NULL and not 0', () => {
    expect(player('orphan')).toMatchObject({
      paint_attempts: null,
      paint_makes: null,
      mid_range_attempts: null,
      mid_range_makes: null,
      three_attempts_pbp: null,
      three_makes_pbp: null,
      has_complete_shot_zones: false,
    });
  });

  it('wins when his team wins', () => {
    expect(player('star')).toMatchObject({ win_flag: true, opponent_team_abbr: 'BBB' });
  });
});
