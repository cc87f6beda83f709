import type { Check, ShareCheck } from './check.ts';
import type { Table } from './pipeline.ts';

/** An aggregate over the rows of one day. Its text is its identity: equal texts are read once. */
export type Measure = string;

export const ROW_COUNT: Measure = 'COUNT(*)';

/** The two counts of a share check: eligible rows, and those of them on which it holds. */
export function shareMeasures(
  check: ShareCheck,
): Readonly<{ population: Measure; holds: Measure }> {
  const holds = conditionOf(check);
  return check.where === null
    ? { population: ROW_COUNT, holds: countWhere(`(${holds})`) }
    : {
        population: countWhere(`(${check.where})`),
        holds: countWhere(`(${check.where}) AND (${holds})`),
      };
}

/** The distinct ids of a day as one sorted comma list; games, teams and pairs of both hold no comma. */
export function distinctIds(expression: string): Measure {
  return `STRING_AGG(DISTINCT ${expression}, ',' ORDER BY ${expression})`;
}

/** The name under which a failed uniqueness scan is refused; it is no measure of the fused scan. */
export function uniqueness(key: string): Measure {
  return `unique(${key})`;
}

/** Everything a check rests on: when one of these was refused, the check is UNKNOWN. */
export function restsOn(check: Check): readonly Measure[] {
  const own = check.kind === 'unique' ? [uniqueness(check.columns.join(','))] : [];
  return [...measuresOfCheck(check), ...own];
}

export function distinctGames(column: string): Measure {
  return distinctIds(quotedColumn(column));
}

/** What one fused scan must read for these checks. Uniqueness has a scan of its own. */
export function measuresOf(table: Table): readonly Measure[] {
  return [...new Set([ROW_COUNT, ...table.checks.flatMap(measuresOfCheck)])];
}

export function measuresOfCheck(check: Check): readonly Measure[] {
  switch (check.kind) {
    case 'day-coverage':
    case 'row-count':
    case 'unique':
      return [ROW_COUNT];
    case 'distinct-games':
      return [distinctGames(check.game)];
    case 'grain-coverage':
      return [grainMeasure(check)];
    default: {
      const { population, holds } = shareMeasures(check);
      return [population, holds];
    }
  }
}

export function grainMeasure(check: Extract<Check, { kind: 'grain-coverage' }>): Measure {
  const parts = [check.game, check.team].filter((column) => column !== null).map(quotedColumn);
  return distinctIds(
    parts.length === 2 ? `CONCAT(${parts[0]}, '/', ${parts[1]})` : (parts[0] ?? ''),
  );
}

/** Counting what holds, never what breaks: a NULL condition is neither, so it counts against the check. */
function countWhere(condition: string): Measure {
  return `COUNT(CASE WHEN ${condition} THEN 1 END)`;
}

function conditionOf(check: ShareCheck): string {
  switch (check.kind) {
    case 'not-null':
      return `${quotedColumn(check.column)} IS NOT NULL`;
    case 'range':
      return [
        ...(check.min === null ? [] : [`${quotedColumn(check.column)} >= ${check.min}`]),
        ...(check.max === null ? [] : [`${quotedColumn(check.column)} <= ${check.max}`]),
      ].join(' AND ');
    case 'category-share':
      return `${quotedColumn(check.column)} IN (${check.values.map(quoted).join(', ')})`;
    case 'identity':
      return `ABS((${check.left}) - (${check.right})) <= ${check.tolerance}`;
    case 'production-ready':
      return [
        `${quotedColumn(check.tier)} IN ('gold', 'silver', 'bronze')`,
        `${quotedColumn(check.score)} >= 50`,
        ...BLOCKING_ISSUES.map(
          (issue) => `STRPOS(COALESCE(${quotedColumn(check.issues)}, ''), '${issue}') = 0`,
        ),
      ].join(' AND ');
  }
}

/** Issues that make a row unfit. The writer appends details (`missing_required:points`), so a prefix decides. */
const BLOCKING_ISSUES = ['all_sources_failed', 'missing_required', 'placeholder_created'];

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function quotedColumn(column: string): string {
  return `\`${column}\``;
}
