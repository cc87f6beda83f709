import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { looseningsOf } from '../../shared/core/loosening.ts';
import { promisesOf } from '../../shared/core/promises.ts';
import { lockPathOf, readLock, writeLock } from '../../shared/edge/lock-file.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';

const read = (file: string, text = readFileSync(file, 'utf8')) =>
  readPipeline({ file, text }, null, (path) => readFileSync(`shared/pipelines/${path}`, 'utf8'));
const lockOf = (file: string) => {
  const { pipeline, hash: definition } = read(file);
  return { pipeline: pipeline.name, definition, promises: promisesOf(pipeline) };
};

describe.each(['test/fixtures/tiny.yaml', 'shared/pipelines/nba.yaml'])(
  'the lock file of %s',
  (file) => {
    const lock = lockOf(file);
    const text = writeLock(lock);

    it('reads back as every promise that was written', () => {
      const again = readLock({ file: 'x.lock.yaml', text });
      expect(again).toEqual(lock);
      expect(looseningsOf(lock.promises, again.promises)).toEqual([]);
    });

    it('is the same text for the same promises', () => {
      expect(writeLock(readLock({ file: 'x.lock.yaml', text }))).toBe(text);
    });

    it('has one line for each check, which holds its id, its kind and its severity', () => {
      const checks = Object.values(lock.promises).flatMap((table) => Object.entries(table.checks));
      const lines = text.split('\n');
      const found = checks.filter(([id, { kind, severity }]) =>
        lines.some(
          (line) =>
            line.trimStart().startsWith(`${id}: {`) &&
            line.includes(`kind: ${kind}`) &&
            line.includes(`severity: ${severity}`),
        ),
      );
      expect(found.length).toBe(checks.length);
      expect(lines.filter((line) => line.includes('severity: ')).length).toBe(checks.length);
    });
  },
);

describe('the usage threshold of the NBA pipeline', () => {
  const file = 'shared/pipelines/nba.yaml';
  const usage = /(id: usage-rate-filled\s+kind: not-null\s[\s\S]*?atLeastPercent: )95\b/;

  it('cannot be lowered from 95 to 45 so that a broken join would pass, without being seen', () => {
    const written = readFileSync(file, 'utf8');
    const lowered = written.replace(usage, (_, before) => `${before}45`);
    expect(lowered).not.toBe(written);
    const accepted = readLock({ file: 'nba.lock.yaml', text: writeLock(lockOf(file)) });
    const present = promisesOf(read(file, lowered).pipeline);
    const seen = { table: 'nba_analytics.player_game_summary', check: 'usage-rate-filled' };
    expect(looseningsOf(accepted.promises, present)).toEqual([
      { ...seen, field: 'atLeastPercent', before: '95', after: '45' },
      { ...seen, field: 'perDayPercent', before: '95', after: '45' },
    ]);
  });
});

describe('the lock of the NBA pipeline sees', () => {
  const file = 'shared/pipelines/nba.yaml';
  const written = readFileSync(file, 'utf8');
  const accepted = readLock({ file: 'nba.lock.yaml', text: writeLock(lockOf(file)) }).promises;

  it.each([
    [
      'usage-rate-filled leave what a model may be trained on',
      'minutes-filled, usage-rate-filled]',
      'minutes-filled]',
      { table: 'nba_analytics.player_game_summary', field: 'gate.training-ready' },
    ],
    [
      'a column go that the schema check promises',
      'neutral_site_flag: BOOL,',
      '',
      { table: 'nba_raw.nbac_schedule', field: 'declared.neutral_site_flag' },
    ],
    [
      'days excluded in the pipeline itself',
      '  seasonStarts:',
      '  exclusions: [{ days: 2022-01-03, reason: arena closed }]\n  seasonStarts:',
      { field: 'excluded.games', before: 'nothing', after: '2022-01-03..2022-01-03' },
    ],
    [
      'a season begin in December',
      "'2021': '2021-10-19'",
      "'2021': '2021-12-19'",
      { field: 'starts.2021', before: '2021-10-19', after: '2021-12-19' },
    ],
    [
      'readers get unverified days',
      '        publish: verified\n',
      '',
      { field: 'publish', before: 'verified', after: 'nothing' },
    ],
  ])('%s', (_, from, to, loosening) => {
    expect(written).toContain(from);
    const present = promisesOf(read(file, written.replace(from, to)).pipeline);
    expect(looseningsOf(accepted, present)).toMatchObject([{ check: null, ...loosening }]);
  });
});

describe('a lock file', () => {
  const text = writeLock(lockOf('test/fixtures/tiny.yaml'));

  it.each([
    ['that is no YAML', 'a: [', /x\.lock\.yaml/],
    ['without tables', text.replace(/tables:[\s\S]*/, ''), /x\.lock\.yaml: tables/],
    ['with a field of its own', `${text}more: 1\n`, /x\.lock\.yaml.*more/],
    ['with a check twice', text.replace(/( {6}days: .*\n)/, '$1$1'), /unique/],
    [
      'with a threshold that is no value',
      text.replace('atLeastPercent: 95', 'atLeastPercent: null'),
      /tables\.analytics\.team_games\.checks\.points-filled\.atLeastPercent/,
    ],
  ])('%s is refused by name', (_, damaged, message) => {
    expect(damaged).not.toBe(text);
    expect(() => readLock({ file: 'x.lock.yaml', text: damaged })).toThrow(message);
  });

  it.each([
    ['nba.yaml', 'nba.lock.yaml'],
    ['a/b.yml', 'a/b.lock.yaml'],
    ['a.b/c', 'a.b/c.lock.yaml'],
  ])('of %s is %s', (file, lock) => expect(lockPathOf(file)).toBe(lock));
});
