import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../shared/core/check.ts';
import type { TableName } from '../../shared/core/ids.ts';
import { type Relation, relationNamed } from '../../shared/core/relation.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { assess } from '../../shared/shell/assess.ts';
import { ensureTables } from '../../shared/shell/ensure-tables.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';
import {
  copyChanged,
  daysOf,
  type NbaWorld,
  openNbaWorld,
  pipeline,
  smallLeague,
  TABLES,
} from './nba-world.ts';

const SOURCES = pipeline.sources.flatMap(({ name }) => relationNamed(pipeline, name) ?? []);
/** The other tables expect nothing on the first 14 days of a season. */
const ANALYTICS = TABLES.filter(({ bootstrapDays }) => bootstrapDays === 0);
const KINDS: readonly Check['kind'][] = [
  'agreement',
  'condition',
  'day-in-id',
  'fallback-share',
  'group-condition',
  'group-identity',
  'layer-coverage',
  'one-day',
  'pattern',
  'references',
];

describe('on ten days of a league', () => {
  const league = smallLeague(5);
  const days = daysOf(league);
  const span = { from: days[0]!, to: days.at(-1)! };
  let world: NbaWorld;
  let asked = 0;

  const checksOf = async (relation: Relation) => {
    const { tables } = await assess(
      world.warehouse,
      pipeline,
      { id: `r${asked++}`, relations: [relation], ...span },
      new Date().toISOString(),
    );
    const own = new Set(
      relation.checks.filter(({ kind }) => KINDS.includes(kind)).map(({ id }) => id),
    );
    return tables[0]!.judgement.checks.filter(({ id }) => own.has(id));
  };
  const failed = async (relation: Relation) =>
    (await checksOf(relation)).filter(({ verdict }) => verdict !== 'PASS').map(({ id }) => id);

  beforeAll(async () => {
    world = await openNbaWorld();
    await ensureTables(world.warehouse, pipeline, SYSTEM_TABLES);
    writeLeague(world.directory, league);
    await world.load(world.directory);
    await world.write(span);
  });
  afterAll(() => world.close());

  /** Writes the whole span of one table with other columns or fewer rows. */
  const damage = async (name: string, select: (rows: string) => string) => {
    const table = TABLES.find((each) => each.name === name)!;
    const sql = (text: string) => replaceStatement({ ...table, table: table.name, select: text });
    const params = {
      from: { type: 'DATE', value: span.from },
      to: { type: 'DATE', value: span.to },
    } as const;
    const write = (text: string) =>
      world.warehouse.write({ sql: sql(text), params }, { jobId: `damage-${asked++}` });
    await write(select(`(${table.job.select}) AS whole`));
    const found = await failed(table);
    await write(table.job.select);
    return found;
  };

  it.each(SOURCES.map((source) => [source.name, source] as const))(
    'source %s has checks and passes each of them',
    async (_, source) => {
      expect(source.checks.length).toBeGreaterThan(5);
      expect(await failed(source)).toEqual([]);
    },
  );

  it.each(ANALYTICS.map((table) => [table.name, table] as const))(
    'table %s has such checks and passes each of them',
    async (_, table) => {
      expect((await checksOf(table)).length).toBeGreaterThan(5);
      expect(await failed(table)).toEqual([]);
    },
  );

  const OFFENSE = 'nba_analytics.team_offense_game_summary';
  const PLAYERS = 'nba_analytics.player_game_summary';
  it.each<[string, string, string, string[]]>([
    [
      OFFENSE,
      'game ids with the sides the wrong way round',
      "* EXCEPT (game_id), CONCAT(SUBSTR(game_id, 1, 9), SUBSTR(game_id, 14, 3), '_', SUBSTR(game_id, 10, 3)) AS game_id",
      [
        'side-fits-game-id',
        'team-games-of-boxscore',
        'home-score-of-schedule',
        'away-score-of-schedule',
      ],
    ],
    [
      OFFENSE,
      'one more point for each side',
      '* EXCEPT (points_scored), points_scored + 1 AS points_scored',
      ['home-score-of-schedule', 'away-score-of-schedule'],
    ],
    [
      OFFENSE,
      'both sides as winners',
      '* EXCEPT (win_flag), TRUE AS win_flag',
      ['sides-mirror-each-other', 'win-fits-margin'],
    ],
    [
      OFFENSE,
      'another source than the primary one',
      "* EXCEPT (primary_source_used), 'espn' AS primary_source_used",
      ['primary-source'],
    ],
    [
      PLAYERS,
      'half of the usage rates',
      '* EXCEPT (usage_rate), usage_rate / 2 AS usage_rate',
      ['usage-of-team'],
    ],
    [
      PLAYERS,
      'a point too many for every player',
      '* EXCEPT (points), points + 1 AS points',
      ['points-of-team'],
    ],
    [
      PLAYERS,
      'no minutes for guards and forwards',
      '* EXCEPT (minutes_played), IF(points > 3, 0, minutes_played) AS minutes_played',
      ['five-players-a-team', 'minutes-of-team', 'usage-of-team'],
    ],
    [
      PLAYERS,
      'players that the gamebook does not know',
      "* EXCEPT (player_lookup), CONCAT('x', player_lookup) AS player_lookup",
      ['players-of-gamebook', 'players-in-gamebook'],
    ],
    [
      PLAYERS,
      'names with a hyphen',
      "* EXCEPT (player_lookup), CONCAT('x-', player_lookup) AS player_lookup",
      ['players-of-gamebook', 'players-in-gamebook', 'player-form'],
    ],
    [
      'nba_analytics.team_defense_game_summary',
      'own points instead of those of the opponent',
      '* EXCEPT (points_allowed), points_allowed + margin_of_victory AS points_allowed',
      ['points-of-boxscore'],
    ],
    [
      'nba_analytics.upcoming_player_game_context',
      'games that the schedule does not have',
      "* EXCEPT (game_id), CONCAT(SUBSTR(game_id, 1, 9), 'ZZZ_ZZZ') AS game_id",
      ['side-fits-game-id', 'games-in-schedule'],
    ],
  ])('%s with %s', async (table, _, columns, ids) => {
    const found = await damage(table, (rows) => `SELECT ${columns} FROM ${rows}`);
    expect(found.sort()).toEqual(ids.sort());
  });

  it('a source that lacks the second team of each game fails for it', async () => {
    const into = `${world.directory}/halved`;
    copyChanged('raw_team_boxscores', world.directory, into, (row) =>
      row.is_home === 'true' ? row : null,
    );
    await world.load(into);
    const source = relationNamed(pipeline, 'nba_raw.nbac_team_boxscore' as TableName)!;
    expect((await failed(source)).sort()).toEqual([
      'away-score-of-schedule',
      'sides-mirror-each-other',
    ]);
    const gamebook = relationNamed(pipeline, 'nba_raw.nbac_gamebook_player_stats' as TableName)!;
    expect((await failed(gamebook)).sort()).toEqual(['minutes-of-team', 'points-of-team']);
  });
});
