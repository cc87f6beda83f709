import type { TypedStatement } from './analyzer.ts';
import type { CatalogTable } from './catalog.ts';

export const KNOWN_TABLES: readonly CatalogTable[] = [
  {
    name: 'raw.box',
    columns: [
      { name: 'game_id', type: 'STRING' },
      { name: 'game_date', type: 'DATE' },
      { name: 'team', type: 'STRING' },
      { name: 'points', type: 'INT64' },
      { name: 'minutes', type: 'FLOAT64' },
    ],
  },
];

const days = { from: 'DATE', to: 'DATE' };

/** Statements that BigQuery refuses. An analyzer that accepts one of them proves nothing. */
export const INVALID: readonly TypedStatement[] = [
  'SELECT pionts FROM `raw.box`',
  'SELECT points FROM `raw.boxes`',
  'SELECT points FORM `raw.box`',
  'SELECT team, SUM(points) FROM `raw.box`',
  'SELECT team FROM `raw.box` WHERE SUM(points) > 1',
  'SELECT team FROM `raw.box` WHERE points',
  'SELECT team FROM `raw.box` WHERE game_date BETWEEN @from AND @until',
  "SELECT team FROM `raw.box` WHERE points = '12'",
  'SELECT median(points) FROM `raw.box`',
  "SELECT DATE_DIFF('day', game_date, @to) FROM `raw.box`",
  'SELECT points::FLOAT64 FROM `raw.box`',
  'SELECT * EXCLUDE (points) FROM `raw.box`',
  'SELECT ROW_NUMBER() FROM `raw.box`',
  'SELECT team FROM `raw.box` UNION ALL SELECT points FROM `raw.box`',
  'SELECT team FROM `raw.box` UNION ALL SELECT team, points FROM `raw.box`',
  'SELECT team FROM `raw.box` QUALIFY points > 1',
  'DELETE FROM `raw.box` WHERE TRUE',
  'MERGE `raw.box` AS t USING (SELECT 1 AS points) AS s ON FALSE WHEN NOT MATCHED BY TARGET THEN INSERT (points, team) VALUES (s.points)',
  "MERGE `raw.box` AS t USING (SELECT 'twelve' AS points) AS s ON FALSE WHEN NOT MATCHED BY TARGET THEN INSERT (points) VALUES (s.points)",
  'MERGE `raw.box` AS t USING (SELECT 1 AS points) AS s ON FALSE WHEN NOT MATCHED BY SOURCE AND s.points > 1 THEN DELETE',
].map((sql) => ({ sql, paramTypes: days }));

/** Accepted statements with `table: columns` of what each needs. */
export const READS: readonly (TypedStatement & Readonly<{ reads: readonly string[] }>)[] = [
  ['SELECT 1 AS one', []],
  ['SELECT COUNT(*) AS n FROM `raw.box`', ['raw.box: ']],
  [
    'SELECT points FROM raw.box WHERE game_date BETWEEN @from AND @to',
    ['raw.box: game_date points'],
  ],
  ['SELECT points FROM (SELECT * FROM `raw.box`)', ['raw.box: points']],
  [
    'WITH w AS (SELECT * FROM `raw.box`) SELECT a.points FROM w AS a JOIN w AS b ON a.team = b.team',
    ['raw.box: points team'],
  ],
  [
    'SELECT p FROM (SELECT points AS p, team AS t FROM `raw.box` UNION ALL SELECT 1, game_id FROM `raw.box`)',
    ['raw.box: points'],
  ],
  [
    'SELECT p FROM (SELECT points AS p, team AS t FROM `raw.box` UNION DISTINCT SELECT 1, game_id FROM `raw.box`)',
    ['raw.box: game_id points team'],
  ],
  [
    'SELECT n FROM (SELECT COUNT(*) AS n, SUM(points) AS p FROM `raw.box` GROUP BY team)',
    ['raw.box: team'],
  ],
  [
    'SELECT team FROM `raw.box` QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id ORDER BY points) = 1',
    ['raw.box: game_id points team'],
  ],
  [
    'SELECT team FROM (SELECT team, LAG(points) OVER (ORDER BY minutes) AS p FROM `raw.box`)',
    ['raw.box: team'],
  ],
  ['SELECT team FROM `raw.box` ORDER BY points', ['raw.box: points team']],
  [
    'SELECT (SELECT MAX(b.points) FROM `raw.box` AS b WHERE b.team = a.team) AS best FROM `raw.box` AS a',
    ['raw.box: points team'],
  ],
  [
    "SELECT STRING_AGG(DISTINCT team, ',' ORDER BY team) AS teams FROM `raw.box`",
    ['raw.box: team'],
  ],
].map(([sql, reads]) => ({
  sql: String(sql),
  reads: reads as readonly string[],
  paramTypes: days,
}));
