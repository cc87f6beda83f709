import { countDays, formatDaySet } from '../../shared/core/day-set.ts';
import type { Caught } from './defect.ts';
import { isTrouble, type Seen, type Spilled } from './matrix.ts';

/** What became of one defect in one world. */
export type Result = Readonly<{
  world: string;
  defect: string;
  seen: readonly Seen[];
  spilled: readonly Spilled[];
  seconds: number;
  /** Why the world could not even be damaged. */
  trouble?: string;
}>;

const NAME = 42;
const PLACE = 42;

/** Everything it names came out, something of it is trouble, and nothing else cried. */
export function isCaught({ seen, spilled }: Result): boolean {
  const hasTrouble = seen.some(({ caught }) => isTrouble(caught));
  return hasTrouble && seen.every((each) => each.isCaught) && spilled.length === 0;
}

/** The kinds of check by whose FAIL, which may be a warning, a defect was caught. */
export function kindsThatCaught(results: readonly Result[]): ReadonlySet<string> {
  const cried = results
    .filter(isCaught)
    .flatMap(({ seen }) => seen)
    .filter(
      ({ caught }) =>
        'verdict' in caught && (caught.verdict === 'FAIL' || caught.verdict === 'WARN'),
    );
  return new Set(cried.flatMap(({ kind }) => kind ?? []));
}

export const HEADER = [
  `        ${'defect'.padEnd(NAME)} ${'seen by'.padEnd(PLACE)} days`,
  '─'.repeat(100),
];

/** The rows of one defect, at most 100 columns wide; what escaped is told in full below them. */
export function linesOf(result: Result): readonly string[] {
  const { defect, seen, spilled, trouble = 'it names nothing that should see it' } = result;
  const rows = seen.map((each, at) => {
    const mark = each.isCaught ? 'caught' : 'ESCAPE';
    const name = at === 0 ? defect : '';
    return `${mark}  ${cell(name, NAME)} ${cell(placeOf(each.caught), PLACE)} ${daysOf(each)}`;
  });
  return [
    ...(seen.some(({ caught }) => isTrouble(caught)) ? [] : [`ESCAPE  ${defect}: ${trouble}`]),
    ...rows,
    ...seen.filter((each) => !each.isCaught).map((each) => `        ! ${told(each)}`),
    ...spilled.map(
      ({ table, check, verdict, message }) => `SPILT   ${table} ${check} ${verdict}: ${message}`,
    ),
  ];
}

function placeOf(caught: Caught): string {
  if ('refused' in caught) return 'not judged';
  const table = caught.table.slice(caught.table.indexOf('.') + 1);
  if ('outcome' in caught) return `${caught.outcome} ${table}`;
  return `${caught.verdict.padEnd(4)} ${caught.check} ${table}`;
}

function daysOf({ days }: Seen): string {
  const count = countDays(days);
  return count === 0 ? '' : String(count);
}

function told({ caught, found, days }: Seen): string {
  const wanted = 'days' in caught ? ` on ${formatDaySet(caught.days).join(', ')}` : '';
  const named = days.length === 0 ? '' : ` (${formatDaySet(days).join(', ')})`;
  return `expected ${placeOf(caught)}${wanted}; found ${found}${named}`;
}

function cell(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
