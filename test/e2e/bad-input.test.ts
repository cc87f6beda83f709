import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { emptyDirectory, phasegate } from './phasegate.ts';

const TINY = ['--pipeline', 'test/fixtures/tiny.yaml'];
const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];

/** Wider than 80 columns, though it could be broken and is no command. */
const isTooWide = (line: string) =>
  line.length > 80 && !line.includes('npx phasegate') && /\S \S/.test(line);

describe('a command that cannot be right', () => {
  it.each([
    ['31 February', ['start', '--from', '2022-02-31', '--to', '2022-03-01'], /--from.*2022-02-31/],
    [
      'an end before the start',
      ['start', '--from', '2022-01-05', '--to', '2022-01-01'],
      /before it starts/,
    ],
    [
      'an end in the future',
      ['start', '--from', '2022-01-05', '--to', '2999-01-01'],
      /future; accepted: up to/,
    ],
    [
      'an unknown phase',
      ['start', ...RANGE, '--phases', 'analytcs'],
      /analytcs.*accepted: analytics, precompute/,
    ],
    [
      'an unknown table',
      ['gate', ...RANGE, '--table', 'analytics.nothing'],
      /analytics\.nothing.*accepted: analytics\.team_games/,
    ],
    [
      'two formats',
      ['gate', ...RANGE, '--json', '--format', 'md'],
      /--json.*--format md; accepted: one/,
    ],
    [
      'a directory without a file of the pipeline',
      ['load', 'test/fixtures'],
      /no file to load; accepted: raw_schedule, raw_box/,
    ],
    ['an unknown mode', ['start', ...RANGE, '--mode', 'some'], /missing, failed, all/],
    ['an unknown option', ['start', ...RANGE, '--form', 'x'], /--form/],
    ['a directory that is not there', ['load', '/nowhere/at/all'], /does not exist/],
    [
      'a file that no source is loaded from',
      ['load', 'test/fixtures', '--only', 'nope'],
      /nope; accepted: raw_schedule,\s+raw_box/,
    ],
    [
      'a world that nobody made',
      ['start', ...RANGE],
      /no world in.*`npx phasegate load DIR --pipeline test\/fixtures\/tiny\.yaml --world/s,
    ],
  ])('%s: says what was accepted, ends with 2 and writes nothing', async (_, args, message) => {
    const world = join(emptyDirectory(), 'world');
    const ended = await phasegate(...args, ...TINY, '--world', `local:${world}`);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr.split('\n').filter(isTooWide)).toEqual([]);
    expect(existsSync(world)).toBe(false);
  });

  it('is helped by a text that fits in 80 columns, exit codes included', async () => {
    const { code, stdout } = await phasegate('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes: 0 passed');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(['repair', 'report', 'status'])(
    '%s of a run that is no run: says what a run id is',
    async (command) => {
      const ended = await phasegate(command, 'last', '--world', `local:${emptyDirectory()}`);
      expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('not a run id') });
    },
  );

  it('an unknown pipeline: names those that there are', async () => {
    const ended = await phasegate('start', ...RANGE, '--pipeline', 'nab');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('nba') });
  });
});

describe('raw files', () => {
  const base = emptyDirectory();
  const load = async (change: (raw: string) => void) => {
    const raw = join(emptyDirectory(), 'raw');
    writeTinyLeague(raw);
    change(raw);
    return phasegate('load', raw, ...TINY, '--world', `local:${join(base, 'world')}`);
  };
  const edit = (raw: string, from: string, to: string) => {
    const file = join(raw, 'raw_box.csv');
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };

  it('a missing column is named with its file, and the other file is loaded', async () => {
    const ended = await load((raw) => edit(raw, 'team,pts', 'team,ptz'));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/raw_box\.csv: column pts is missing.*ptz.*Nothing was loaded/);
    expect(ended.stderr).toMatch(/raw_schedule\.csv → raw\.schedule: 21 rows/);
  });

  it('a wrong type is named with file and column, and no row of the file is loaded', async () => {
    const ended = await load((raw) => edit(raw, ',BBB,90', ',BBB,ninety'));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/raw_box\.csv/);
    expect(ended.stderr).toMatch(/pts/);
    expect(ended.stdout).toContain('1 file loaded, 1 failed');
  });

  it('a file that belongs to nothing is named as ignored', async () => {
    const ended = await load((raw) => writeFileSync(join(raw, 'notes.txt'), 'x'));
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('ignored: notes.txt') });
  });
});

describe('a world', () => {
  it('whose state file is damaged is refused and left as it is', async () => {
    const base = emptyDirectory();
    const world = ['--world', `local:${base}`, ...TINY];
    writeTinyLeague(join(base, 'raw'));
    await phasegate('load', join(base, 'raw'), ...world);
    const file = join(base, 'state.db');
    const bytes = readFileSync(file).fill(0x5a, 0, 4096);
    writeFileSync(file, bytes);
    const ended = await phasegate('start', ...RANGE, ...world);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('left as it is') });
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('without a game in the range starts no run', async () => {
    const base = emptyDirectory();
    const world = ['--world', `local:${base}`];
    writeTinyLeague(join(base, 'raw'));
    await phasegate('load', join(base, 'raw'), ...world, ...TINY);
    const ended = await phasegate(
      'start',
      '--from',
      '2022-02-01',
      '--to',
      '2022-02-10',
      ...world,
      ...TINY,
    );
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('no final game') });
    expect((await phasegate('status', ...world, '--json')).stdout).toBe('{"runs":[]}\n');
  });
});
