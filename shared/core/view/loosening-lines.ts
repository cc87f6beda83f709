import type { Comparison, Loosening } from '../loosening.ts';
import type { Loosened } from '../pipeline.ts';

/**
 * What became of the accepted promises, for people: first what nobody signed for, with what to do, then what
 * was signed for, by whom and until when.
 *
 * @param accepted what was accepted, as a person would call it: `nba.lock.yaml`
 */
export function looseningLines(
  { undeclared, declared, strangers }: Comparison,
  accepted: string,
): readonly string[] {
  return [
    ...(undeclared.length === 0
      ? []
      : [
          `less is promised than in ${accepted}:`,
          ...undeclared.map(
            ({ loosening, ranOut }) => `  ${sayLoosening(loosening)}${sayRanOut(ranOut)}`,
          ),
          'next: restore what was promised, or sign for it in the pipeline file:',
          '  loosened:',
          ...undeclared.map(({ loosening }) => `    - ${entryFor(loosening)}`),
        ]),
    ...strangers.map(
      ({ table, check, field }) =>
        `loosened names ${[table, check, field].filter((part) => part !== null).join(' ')}, which is neither promised now nor in ${accepted}`,
    ),
    ...declared.map(
      ({ loosening, by }) =>
        `loosened: ${sayLoosening(loosening)}; ${by.who} until ${by.until}: ${by.reason}`,
    ),
  ];
}

function sayLoosening({ table, check, field, before, after }: Loosening): string {
  const place = check === null ? table : `${table} ${check}`;
  return field === null
    ? `${place}: ${after} (was ${before})`
    : `${place}: ${field} ${before} → ${after}`;
}

function sayRanOut(ranOut: Loosened | null): string {
  return ranOut === null
    ? ''
    : ` (${ranOut.who} signed for it until ${ranOut.until}, which is over)`;
}

function entryFor({ table, check, field }: Loosening): string {
  const names = [
    `table: ${table}`,
    ...(check === null ? [] : [`check: ${check}`]),
    ...(field === null ? [] : [`field: ${field}`]),
  ];
  return `{ ${names.join(', ')}, reason: WHY, who: NAME, until: LAST-DAY }`;
}
