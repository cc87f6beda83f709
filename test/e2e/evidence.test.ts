import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEvidence, writeEvidence } from '../../shared/edge/evidence-text.ts';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { type Ended, emptyDirectory, phasegate } from './phasegate.ts';

const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
const PIPELINE = ['--pipeline', 'test/fixtures/tiny.yaml'];

describe('a stored gate', () => {
  const base = emptyDirectory();
  const world = ['--world', `local:${join(base, 'world')}`];
  const folder = join(base, 'world', 'reports', 'evidence');
  const again = (evidence: string, ...args: readonly string[]) =>
    phasegate('gate', '--evidence', evidence, ...world, ...args);
  let judged: Ended;
  let id: string;
  let ofRun: readonly string[];

  beforeAll(async () => {
    writeTinyLeague(join(base, 'raw'), (day) => day !== '2022-01-04');
    await phasegate('load', join(base, 'raw'), ...PIPELINE, ...world);
    await phasegate('start', ...RANGE, ...PIPELINE, ...world);
    ofRun = readdirSync(folder);
    const table = ['--table', 'analytics.team_games'];
    judged = await phasegate('gate', ...RANGE, ...table, ...PIPELINE, ...world);
    const [file = ''] = readdirSync(folder).filter((name) => !ofRun.includes(name));
    id = file.replace('.json.gz', '');
  }, 300_000);

  it('is kept for each gate of a run, and for one by hand', () => {
    expect(ofRun.filter((name) => name.startsWith('tiny-20220101-20220110-')).length).toBe(2);
    expect(id).toMatch(/^gate-[0-9a-f-]{36}$/);
  });

  it('is judged again by its id, without warehouse and pipeline, with the same exit code', async () => {
    expect(judged.code).toBe(1);
    const ended = await again(id);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/stored FAIL, judged again FAIL: both agree\n/);
    expect(ended.stdout).toMatch(/team-games: 4 missing, e\.g\. 20220104_/);
    expect(ended.stdout.trimEnd().split('\n').at(-1)).toBe('Done. PASS=0 WARN=0 FAIL=1 UNKNOWN=0');
    expect(judged.stdout.trimEnd().split('\n').at(-1)).toBe('Done. PASS=0 WARN=0 FAIL=1 UNKNOWN=0');
  });

  it('of a run says which run, and that both agree, as JSON', async () => {
    const ended = await again((ofRun[0] ?? '').replace('.json.gz', ''), '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({
      run: expect.stringMatching(/^tiny-20220101-20220110-/),
      stored: 'FAIL',
      again: 'FAIL',
      agrees: true,
      differences: [],
      tables: [{ table: 'analytics.team_games', badDays: ['2022-01-04..2022-01-04'] }],
    });
  });

  it('is read from a file of its own, anywhere', async () => {
    const file = join(base, 'copy.json');
    writeFileSync(file, gunzipSync(readFileSync(join(folder, `${id}.json.gz`))));
    const nowhere = ['--world', `local:${join(base, 'nowhere')}`];
    const ended = await phasegate('gate', '--evidence', file, ...nowhere);
    expect(ended).toMatchObject({ code: 1, stdout: expect.stringMatching(/both agree/) });
  });

  it('in which a verdict was changed cannot be judged again, and says so', async () => {
    const file = join(base, 'forged.json');
    const kept = gunzipSync(readFileSync(join(folder, `${id}.json.gz`))).toString();
    writeFileSync(file, kept.replaceAll('"verdict":"FAIL"', '"verdict":"PASS"'));
    const ended = await again(file);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/forged\.json was changed after it was written/);
  });

  it('whose facts say something else than its verdict is 3, with both told', async () => {
    const file = join(base, 'other.json');
    const kept = gunzipSync(readFileSync(join(folder, `${id}.json.gz`))).toString();
    const evidence = readEvidence(id, kept);
    const [table] = evidence.tables;
    const checks = table!.judgement.checks.map((check) => ({ ...check, verdict: 'PASS' as const }));
    const judgement = { ...table!.judgement, verdict: 'PASS' as const, checks };
    const { sha256: _, ...other } = { ...evidence, verdict: 'PASS' as const };
    const tables = [{ facts: table!.facts, judgement }];
    writeFileSync(
      file,
      writeEvidence({ ...other, tables, codeVersion: '0.0.1+000000000000' }).text,
    );
    const ended = await again(file);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toMatch(
      /differs: analytics\.team_games team-games: stored PASS, judged again FAIL/,
    );
    expect(ended.stdout).toMatch(/stored PASS, judged again FAIL: \d+ verdicts differ/);
    expect(ended.stderr).toMatch(/judged by code 0\.0\.1\+000000000000; this is \d/);
  });

  it('that nobody kept is named, with those that there are', async () => {
    const ended = await again('gate-none');
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no evidence gate-none.*gate-/s),
    });
  });

  it.each([
    ['a range', ['--from', '2022-01-01'], /--from 2022-01-01.*leave\s+--from\s+out/s],
    ['a format', ['--format', 'junit'], /accepted: text, json/],
  ])('with %s of its own is refused', async (_, args, message) => {
    expect(await again(id, ...args)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(message),
    });
  });

  it('is asked for, or a range is: a gate without both says what is missing', async () => {
    const ended = await phasegate('gate', ...PIPELINE, ...world);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/--from is missing/) });
  });
});
