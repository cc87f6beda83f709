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

/** What one fused scan must read for these checks. Uniqueness has a scan of its own. */
export function measuresOf(table: Table): readonly Measure[] {
  return [...new Set([ROW_COUNT, ...table.checks.flatMap(measuresOfCheck)])];
}

export function measuresOfCheck(check: Check): readonly Measure[] {
  switch (check.kind) {
    case 'day-coverage':
    case 'row-count':
    case 'unique':
      return [];
    case 'distinct-games':
      return [distinctIds(check.game)];
    case 'grain-coverage':
      return [grainMeasure(check)];
    default: {
      const { population, holds } = shareMeasures(check);
      return [population, holds];
    }
  }
}

export function grainMeasure(check: Extract<Check, { kind: 'grain-coverage' }>): Measure {
  const parts = [check.game, check.team].filter((column) => column !== null);
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
      return `${check.column} IS NOT NULL`;
    case 'range':
      return [
        ...(check.min === null ? [] : [`${check.column} >= ${check.min}`]),
        ...(check.max === null ? [] : [`${check.column} <= ${check.max}`]),
      ].join(' AND ');
    case 'category-share':
      return `${check.column} IN (${check.values.map(quoted).join(', ')})`;
    case 'identity':
      return `ABS((${check.left}) - (${check.right})) <= ${check.tolerance}`;
    case 'production-ready':
      return [
        `${check.tier} IN ('gold', 'silver', 'bronze')`,
        `${check.score} >= 50`,
        ...BLOCKING_ISSUES.map((issue) => `STRPOS(COALESCE(${check.issues}, ''), '${issue}') = 0`),
      ].join(' AND ');
  }
}

/** Issues that make a row unfit. The writer appends details (`missing_required:points`), so a prefix decides. */
const BLOCKING_ISSUES = ['all_sources_failed', 'missing_required', 'placeholder_created'];

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
