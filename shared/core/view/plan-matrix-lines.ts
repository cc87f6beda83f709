import { OUTCOME_SYMBOLS, OUTCOMES, type Outcome } from '../outcome.ts';
import { formatShare } from '../percent.ts';
import type { MatrixCell, MatrixRow } from '../plan-matrix.ts';
import { shortName } from './short-name.ts';
import { WIDTH, wrap } from './wrap.ts';

const INDENT = '  ';
const GAP = '  ';
const NOTHING_EXPECTED = '·';

const OF_TABLES: Readonly<Record<Outcome, string>> = {
  NEVER_RAN: 'never ran',
  RUNNING: 'running',
  STALE: 'stale',
  FAILED: 'failed',
  EMPTY_OK: 'empty, with proof',
  EMPTY_SUSPECT: 'a job said success, and there is nothing',
  PARTIAL: 'partial',
  UNJUDGED: 'could not be judged',
  VERIFIED: 'all are good',
};

/**
 * The matrix for people, at most 80 columns wide: a column for each season, and as many blocks as it takes. A
 * table's symbol tells what most of its days are that are not good.
 */
export function planMatrixLines(rows: readonly MatrixRow[]): string[] {
  const seasons = rows.flatMap(({ cells }) => ('hasRows' in cells ? [] : [cells]))[0] ?? [];
  const names = namesOf(rows);
  const nameWidth = Math.max(...names.map(({ length }) => length));
  const columns = seasons.map(({ season }, index) => {
    const texts = rows.map(({ cells }) => ('hasRows' in cells ? '' : textOf(cells[index])));
    return { season, texts, width: Math.max(4, ...texts.map(({ length }) => length)) };
  });
  const blocks = blocksOf(columns, WIDTH - INDENT.length - nameWidth);
  return [
    ...blocks.flatMap((block) => [
      lineOf(
        '',
        nameWidth,
        block.map(({ season, width }) => String(season).padEnd(width)),
      ),
      ...rows.flatMap((row, at) => [
        ...(at > 0 && rows[at - 1]?.phase === row.phase ? [] : [row.phase ?? 'sources']),
        lineOf(
          names[at] ?? '',
          nameWidth,
          'hasRows' in row.cells
            ? [row.cells.hasRows ? '✓ has rows, no days' : '○ no rows']
            : block.map(({ texts, width }) => (texts[at] ?? '').padEnd(width)),
        ),
      ]),
      '',
    ]),
    ...legendLines(rows),
  ];
}

/** Without their datasets, unless two would be called the same. */
function namesOf(rows: readonly MatrixRow[]): readonly string[] {
  const short = rows.map(({ table }) => shortName(table));
  return new Set(short).size === short.length ? short : rows.map(({ table }) => table);
}

function textOf(cell: MatrixCell | undefined): string {
  if (cell === undefined) return '';
  return `${symbolOf(cell)} ${formatShare(cell.filled, cell.expected)}`;
}

function symbolOf({ filled, expected, leading }: MatrixCell): string {
  if (expected === 0) return NOTHING_EXPECTED;
  if (filled === expected) return OUTCOME_SYMBOLS.VERIFIED;
  if (leading !== null) return OUTCOME_SYMBOLS[leading];
  return filled === 0 ? OUTCOME_SYMBOLS.NEVER_RAN : OUTCOME_SYMBOLS.PARTIAL;
}

function lineOf(name: string, width: number, cells: readonly string[]): string {
  return `${INDENT}${name.padEnd(width)}${cells.map((cell) => `${GAP}${cell}`).join('')}`.trimEnd();
}

/** Columns side by side as long as they fit; one that is too wide stands alone. */
function blocksOf<Column extends Readonly<{ width: number }>>(
  columns: readonly Column[],
  room: number,
): readonly (readonly Column[])[] {
  const blocks: Column[][] = [];
  let left = 0;
  for (const column of columns) {
    const width = GAP.length + column.width;
    if (blocks.length === 0 || width > left) {
      blocks.push([]);
      left = room;
    }
    blocks.at(-1)?.push(column);
    left -= width;
  }
  return blocks;
}

/** What the symbols say that occur, and no others. */
function legendLines(rows: readonly MatrixRow[]): string[] {
  const cells = (isSource: boolean) =>
    rows.flatMap(({ phase, cells: own }) =>
      'hasRows' in own || (phase === null) !== isSource ? [] : own,
    );
  const sources = new Set(cells(true).map(symbolOf));
  const tables = new Set(cells(false).map(symbolOf));
  const words = (all: readonly (readonly [string, string])[], occur: ReadonlySet<string>) =>
    all.flatMap(([symbol, word]) => (occur.has(symbol) ? [`${symbol} ${word}`] : [])).join(' · ');
  const ofOutcomes = OUTCOMES.map((each) => [OUTCOME_SYMBOLS[each], OF_TABLES[each]] as const);
  return [
    ...wrap(`sources, days with rows: ${words(OF_SOURCES, sources)}`, INDENT),
    ...wrap(
      `tables, good days, else what most are: ${words([...ofOutcomes, NOTHING], tables)}`,
      INDENT,
    ),
  ];
}

const NOTHING = [NOTHING_EXPECTED, 'nothing expected'] as const;
const OF_SOURCES = [
  [OUTCOME_SYMBOLS.VERIFIED, 'all'],
  [OUTCOME_SYMBOLS.PARTIAL, 'some'],
  [OUTCOME_SYMBOLS.NEVER_RAN, 'none'],
  NOTHING,
] as const;
