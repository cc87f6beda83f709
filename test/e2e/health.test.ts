import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../shared/cli/command-line.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { emptyDirectory } from './phasegate.ts';

const MONITORS = `
monitors:
  - name: daily
    description: The week, every table
    cron: '0 9 * * *'
    timeZone: America/New_York
    judges: { what: data, days: { first: 10, last: 1 } }
  - { name: grid, cron: '0 10 * * *', timeZone: America/New_York, judges: { what: grid } }
  - { name: schedules, cron: '20 * * * *', timeZone: UTC, judges: { what: schedules } }
  - { name: writes, cron: '0 9 * * *', timeZone: UTC, judges: { what: writes, days: { first: 10, last: 1 } } }
  - { name: dead-letters, cron: '10 * * * *', timeZone: UTC, judges: { what: dead-letters } }
  - { name: cost, cron: '20 8 * * *', timeZone: UTC, judges: { what: cost, perDay: { bytes: 1000000000000 } } }
  - { name: runs, cron: '*/15 * * * *', timeZone: UTC, judges: { what: runs } }
  - { name: digest, cron: '30 8 * * *', timeZone: UTC, judges: { what: digest } }
  - name: raw-files
    cron: '0 8 * * *'
    timeZone: UTC
    judges: { what: files, places: [{ name: box, folder: 'gs://raw/box/{day}/' }] }
`;

const PAGE = [...readFileSync('docs/monitors.md', 'utf8').matchAll(/^npx phasegate .*$/gm)].map(
  ([line]) => line,
);

describe('health and schedules', () => {
  const directory = emptyDirectory();
  const file = join(directory, 'tiny.yaml');
  const place = ['--world', `local:${join(directory, 'world')}`, '--pipeline', file];

  async function phasegate(...args: readonly string[]) {
    const said: string[] = [];
    const printed: unknown[] = [];
    const say = (text: string) => void said.push(text);
    const output = {
      line: say,
      note: say,
      json: (value: unknown) => void printed.push(value),
      draw: null,
      keep: () => {},
    };
    const code = await runCommandLine(args, output);
    return { code, text: said.join('\n'), json: printed[0] };
  }

  beforeAll(async () => {
    writeFileSync(file, readFileSync('test/fixtures/tiny.yaml', 'utf8') + MONITORS);
    const raw = emptyDirectory();
    writeTinyLeague(raw);
    expect((await phasegate('load', raw, ...place)).code).toBe(0);
  });

  it('a monitor looks now: what is bad, on which days, and what to do', async () => {
    const { code, text } = await phasegate('health', 'daily', '--date', '2022-01-11', ...place);
    expect(text).toContain('daily  FAIL  2 tables on 2022-01-01..2022-01-10');
    expect(text).toContain('daily: analytics.team_games is bad');
    expect(text).toContain('npx phasegate start --from 2022-01-01 --to 2022-01-10');
    expect(code).toBe(1);
  });

  it.each([
    ['writes', 0, 'writes  IDLE  0 days'],
    ['dead-letters', 0, 'dead-letters  PASS  0 dead letters waiting'],
    ['cost', 0, 'of Phasegate itself'],
    ['runs', 0, 'runs  IDLE  0 runs'],
    ['digest', 0, 'analytics on 2022-01-10: 0 of 1 table verified'],
  ])('%s looks now too, and ends with %i', async (name, code, said) => {
    const seen = await phasegate('health', name, '--date', '2022-01-11', ...place);
    expect(seen.text.replaceAll(/\s+/g, ' ')).toContain(said.replaceAll(/\s+/g, ' '));
    expect(seen.code).toBe(code);
  });

  it('files are looked for in the folders of the world, and a bucket that is not there is UNKNOWN', async () => {
    const asked = ['health', 'raw-files', '--date', '2022-01-11', ...place];
    const before = await phasegate(...asked);
    expect([before.code, before.text]).toEqual([3, expect.stringContaining('raw-files  UNKNOWN')]);
    mkdirSync(join(directory, 'world', 'buckets', 'raw', 'box', '2022-01-10'), { recursive: true });
    const after = await phasegate(...asked);
    expect(after.text).toContain('nothing lies in gs://raw/box/2022-01-01/');
    expect(after.code).toBe(1);
  });

  it('the grid shows every expected day by what became of it, and the gaps', async () => {
    const { code, text } = await phasegate('health', 'grid', '--date', '2022-01-11', ...place);
    const expected = ['analytics.team_games', '  ✓ 0/10  ○ 10 NEVER_RAN'].join('\n');
    expect(text).toContain(expected);
    expect(text).toContain('overdue since');
    expect(code).toBe(1);
  });

  it('says the same to machines', async () => {
    const asked = ['health', 'daily', '--date', '2022-01-11', '--json'];
    const { json } = await phasegate(...asked, ...place);
    expect(json).toMatchObject({ monitor: 'daily', verdict: 'FAIL' });
    expect(json).toHaveProperty('findings.0.cause', 'data/analytics.team_games');
    expect(json).toHaveProperty('findings.0.days', ['2022-01-01..2022-01-10']);
  });

  it('without a name says which there are, and refuses one that is not among them', async () => {
    expect((await phasegate('health', ...place)).text).toContain(
      'daily  0 9 * * *  America/New_York',
    );
    const { code, text } = await phasegate('health', 'hourly', ...place);
    expect([code, text]).toEqual([2, expect.stringContaining('accepted: daily, grid, schedules')]);
  });

  it('a paused schedule is found by whom watches the schedules, once its reason runs out or was never given', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const signed = ['--reason', 'the league moved', '--by', 'ana'];
    const pause = ['schedules', 'pause', 'monitor-daily', ...signed];
    expect((await phasegate(...pause, '--until', until, ...place)).text).toContain(
      'is paused until',
    );
    const list = (await phasegate('schedules', 'list', ...place)).text;
    expect(list).toContain(`paused by ana until ${until}: the league moved; never called yet`);
    expect((await phasegate('schedules', 'resume', 'monitor-daily', ...place)).code).toBe(0);
    expect((await phasegate('schedules', 'list', ...place)).text).not.toContain('paused');
  });

  it.each([
    [
      'for no time',
      ['--reason', 'r', '--until', 'tomorrow'],
      'accepted: an instant within the next 30 days',
    ],
    [
      'in the past',
      ['--reason', 'r', '--until', '2020-01-01T00:00:00Z'],
      'within the next 30 days',
    ],
    ['without a reason', ['--reason', ' ', '--until', '2020-01-01T00:00:00Z'], 'accepted'],
  ])('a schedule is not paused %s', async (_, options, message) => {
    const { code, text } = await phasegate(
      'schedules',
      'pause',
      'monitor-daily',
      ...options,
      ...place,
    );
    expect([code, text.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(message)]);
  });

  it.each(PAGE)('%s, as the page on monitors has it, is taken', async (line) => {
    const words = line.replace('npx phasegate ', '').match(/'[^']*'|\S+/g) ?? [];
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const args = words.map((word) => (word === 'UNTIL' ? until : word.replaceAll("'", '')));
    const { code, text } = await phasegate(...args, ...place);
    expect([0, 1]).toContain(code);
    expect(text).not.toBe('');
  });

  it('a schedule that is called now says so, and is known to have called', async () => {
    expect((await phasegate('schedules', 'run', 'monitor-daily', ...place)).code).toBe(0);
    const { json } = await phasegate('schedules', 'list', '--json', ...place);
    expect(json).toMatchObject({
      schedules: expect.arrayContaining([
        expect.objectContaining({ name: 'monitor-daily', lastAttemptAt: expect.any(String) }),
        expect.objectContaining({ name: 'monitor-schedules', lastAttemptAt: null }),
      ]),
    });
    expect((await phasegate('schedules', 'run', 'nobody', ...place)).text).toContain(
      'no schedule nobody',
    );
  });
});
