import { describe, expect, it } from 'vitest';
import { daySetOf } from '../../../shared/core/day-set.ts';
import { parseDay } from '../../../shared/core/days.ts';
import {
  channelsLine,
  channelTestLine,
  deadLettersLine,
} from '../../../shared/core/doctor/alerts.ts';
import { lockLine, programsLine } from '../../../shared/core/doctor/definition.ts';
import { definitionLine, deployedLine } from '../../../shared/core/doctor/deployed.ts';
import { fail, lineOf, pass, told, warn } from '../../../shared/core/doctor/doctor-line.ts';
import { doctorLines, doctorVerdict } from '../../../shared/core/doctor/doctor-lines.ts';
import { diskLine, nodeLine } from '../../../shared/core/doctor/machine.ts';
import { runsLine } from '../../../shared/core/doctor/runs.ts';
import { schedulesLine } from '../../../shared/core/doctor/schedules.ts';
import { sourceLine } from '../../../shared/core/doctor/sources.ts';
import { statementsLine } from '../../../shared/core/doctor/statements.ts';
import { parseRunId, parseTableName } from '../../../shared/core/ids.ts';
import { pipelineOf, table } from '../build.ts';

const MIB = 1024 ** 2;
const GIB = 1024 * MIB;
const run = parseRunId('tiny-20220101-20220110-0a1b2c3d');
const days = ['2022-01-01', '2022-01-02'].map(parseDay);
const calendar = {
  seasons: [{ season: 2021, start: days[0]!, days: daySetOf(days), excluded: [] }],
};
const source = { name: parseTableName('raw.box'), due: null, file: 'raw_box' };
const sourceWith = (filled: typeof days, now = '2022-02-01T00:00:00.000Z') =>
  sourceLine({ ...source, filled: daySetOf(filled) }, calendar, 'UTC', now);

describe('a line of the doctor', () => {
  const lines = [
    ['an old Node', nodeLine('22.1.0'), 'FAIL'],
    ['the Node that we need', nodeLine('24.0.0'), 'PASS'],
    ['a roomy disk', diskLine(0, 3 * GIB), 'PASS'],
    ['a narrow disk', diskLine(0, GIB), 'WARN'],
    ['a full disk', diskLine(0, 100 * MIB), 'FAIL'],
    ['a lock that holds', lockLine('current', 'x'), 'PASS'],
    ['no lock', lockLine('missing', 'x'), 'WARN'],
    ['an old lock', lockLine('stale', 'x'), 'FAIL'],
    ['a loosened pipeline', lockLine('loosened', 'x'), 'FAIL'],
    ['a job without program', programsLine(pipelineOf(table('a.b')), ['a: none']), 'FAIL'],
    ['statements that were not asked', statementsLine('c', 'job', []), 'UNKNOWN'],
    [
      'a statement beside one that could not be asked',
      statementsLine('c', 'job', [
        { name: 'a', is: 'accepted' },
        { name: 'b', is: 'unasked', why: 'x' },
      ]),
      'UNKNOWN',
    ],
    [
      'a refused statement',
      statementsLine('c', 'job', [{ name: 'a', is: 'refused', why: 'no column' }]),
      'FAIL',
    ],
    ['no monitor', schedulesLine(0, []), 'WARN'],
    ['schedules as they should be', schedulesLine(3, []), 'PASS'],
    ['no address of a channel', channelsLine({ declared: ['slack'], open: [] }), 'WARN'],
    ['each channel with its address', channelsLine({ declared: ['a'], open: ['a'] }), 'PASS'],
    ['no test of the channels', channelTestLine(null), 'WARN'],
    [
      'a test that nobody took',
      channelTestLine({ verdict: 'FAIL', message: '', findings: [] }),
      'FAIL',
    ],
    ['no dead letter', deadLettersLine([]), 'PASS'],
    ['a dead letter', deadLettersLine([{ topic: 't', messages: 1, next: 'see' }]), 'WARN'],
    ['a run that nobody carries', runsLine([{ run, status: 'live', paused: null }], false), 'WARN'],
    ['a run on its way', runsLine([{ run, status: 'live', paused: null }], true), 'PASS'],
    ['a run at rest', runsLine([{ run, status: 'blocked', paused: null }], false), 'PASS'],
    ['the same code here and there', deployedLine('https://a', 'v1', 'v1'), 'PASS'],
    ['another code there', deployedLine('https://a', 'v1', 'v2'), 'WARN'],
    ['the same pipeline here and there', definitionLine('d1', 'd1'), 'PASS'],
    ['another pipeline there', definitionLine('d1', 'd2'), 'WARN'],
    ['a source with each day', sourceWith(days), 'PASS'],
    ['a source that lacks a day', sourceWith(days.slice(0, 1)), 'WARN'],
    [
      'a source that lacks a day that is not due',
      sourceWith(days.slice(0, 1), '2022-01-02T12:00:00.000Z'),
      'PASS',
    ],
    ['an empty source', sourceWith([]), 'FAIL'],
    ['what could not be read', lineOf('x', { trouble: 'away' }, () => pass('x', '')), 'UNKNOWN'],
  ] as const;

  it.each(lines.map(([what, line, verdict]) => [what, verdict, line] as const))(
    'on %s is %s',
    (_, verdict, line) => {
      expect(line.verdict).toBe(verdict);
      expect(line.verdict === 'PASS' || line.verdict === 'UNKNOWN' || line.fix !== null).toBe(true);
    },
  );
});

describe('all lines together', () => {
  it('are as good as the worst that was judged, and unknown where nothing was', () => {
    expect(doctorVerdict([pass('a', ''), warn('b', '', 'x'), told('c', '')])).toBe('WARN');
    expect(
      doctorVerdict([fail('a', '', 'x'), lineOf('b', { trouble: '' }, () => pass('b', ''))]),
    ).toBe('FAIL');
    expect(doctorVerdict([told('c', '')])).toBe('UNKNOWN');
  });

  it('give a long name a line of its own, and never more than 80 columns', () => {
    const long = pass('source nba_raw.nbac_schedule', 'rows '.repeat(20).trim());
    const lines = doctorLines([pass('node', 'Node 24'), long]);
    expect(lines.slice(0, 2)).toEqual([
      '✓ node              Node 24',
      '✓ source nba_raw.nbac_schedule',
    ]);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('say each with its sign, its fix below it, and the count at the end', () => {
    expect(
      doctorLines([pass('node', 'Node 24'), fail('lock', 'stale', 'npx phasegate lock')]),
    ).toEqual([
      '✓ node  Node 24',
      '✗ lock  stale',
      '    fix: npx phasegate lock',
      '',
      'FAIL: 1 ✓, 0 ⚠, 1 ✗, 0 ¿',
    ]);
  });
});
