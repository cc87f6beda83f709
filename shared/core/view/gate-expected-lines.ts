import { countDays, type DaySet } from '../day-set.ts';
import { counted } from './counted.ts';
import { spanTexts } from './day-spans.ts';
import { type Denominator, denominatorOf } from './gate-denominator.ts';
import type { GateReport } from './gate-report.ts';
import { sayUnexpected } from './say-unexpected.ts';
import { shortName } from './short-name.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';
const LABEL = 14;

/** What a gate judged, against which denominator, and where that comes from. */
export function expectedLines(report: GateReport): string[] {
  const { pipeline, policy, gate, from, to, definition } = report;
  const named = gate === null ? '' : ` · gate ${gate}`;
  const expected = denominatorOf(report);
  return [
    `${pipeline.name} · ${from}..${to} · policy ${policy}${named}`,
    `definition ${definition}`,
    '',
    'Expected',
    ...denominatorRows(expected).flatMap(([label, text]) =>
      wrap(text, `${INDENT}${label.padEnd(LABEL)}`),
    ),
  ];
}

/** The denominator as labelled sentences. */
export function denominatorRows(
  expected: Denominator,
): readonly (readonly [label: string, text: string])[] {
  const { days, games, schedule, final, seasonTypes, seasons, leftOut, bootstrap, waivers } =
    expected;
  return [
    ['games', `${counted(days, 'day')} with ${counted(games, 'final game')} (${final})`],
    ['schedule', schedule],
    ['season types', seasonTypes.join(', ')],
    ...(seasons.length < 2
      ? []
      : seasons.map((each): readonly [string, string] => [
          `season ${each.season}`,
          `${counted(each.days, 'day')}, ${counted(each.games, 'game')}`,
        ])),
    ...(expected.reachesOnly === null
      ? []
      : [['reaches', `the schedule's last final game is of ${expected.reachesOnly}`] as const]),
    ...(leftOut.length === 0 ? [['left out', 'nothing'] as const] : []),
    ...leftOut.map((each): readonly [string, string] => [
      'left out',
      `${counted(each.games, 'game')} on ${spansWithoutCalendar(each.days)}: ${each.reason}`,
    ]),
    ...bootstrap.map(({ days: first, tables }): readonly [string, string] => [
      'bootstrap',
      `the first ${counted(first, 'day')} of a season for ${tables.map(shortName).join(', ')}`,
    ]),
    ...expected.unexpected.map(({ table, bootstrapDays }): readonly [string, string] => [
      'unexpected',
      `${shortName(table)}: ${sayUnexpected(bootstrapDays)}, so it is UNKNOWN`,
    ]),
    ...(waivers.length === 0 ? [['waivers', 'none in force'] as const] : []),
    ...waivers.map(
      ({ table, check, days: waived, reason, who, until }): readonly [string, string] => [
        'waived',
        `${table} ${check} on ${spanTexts(waived).join(', ')} by ${who} until ${until}: ${reason}`,
      ],
    ),
  ];
}

/** Days without an expected game have no calendar that could bridge them. */
export function spansWithoutCalendar(days: DaySet): string {
  const [first = '', ...others] = spanTexts(days);
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'more span')}`;
  return `${first}${more} (${counted(countDays(days), 'day')})`;
}
