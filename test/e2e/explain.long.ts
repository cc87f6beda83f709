import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeTinyLeague } from '../fixtures/tiny-league.ts';
import { type Ended, emptyDirectory, phasegate } from './phasegate.ts';

const RANGE = ['--from', '2022-01-01', '--to', '2022-01-10'];
const GATES = `gates:
  - name: points-ready
    tables: [{ table: analytics.team_games, checks: [points-filled] }]
`;
/** The tiny pipeline with a named gate, and a promise about the raw box scores. */
const YAML = readFileSync('test/fixtures/tiny.yaml', 'utf8')
  .replace(
    'points: INT64 }\n',
    'points: INT64 }\n    checks: [{ id: sides, kind: grain-coverage, grain: team-games, game: game_id, team: team, atLeastPercent: 100 }]\n',
  )
  .concat(GATES);

/** The commands that a text tells a person to copy, with DIR filled in. */
function commandsIn(text: string, directory: string): readonly string[] {
  return [...text.matchAll(/^ {2}npx phasegate (.*)$/gm)].map(([, command = '']) =>
    command.replace(' DIR ', ` ${directory} `),
  );
}

describe('why a run was held back', () => {
  const base = emptyDirectory();
  const file = join(base, 'tiny.yaml');
  const world = `local:${join(base, 'world')}`;
  const overlay = join(base, 'overlay.yaml');
  const place = ['--pipeline', file, '--overlay', overlay, '--world', world];
  const raw = join(base, 'raw');
  let run = '';
  let told: Ended;

  beforeAll(async () => {
    writeFileSync(file, YAML);
    writeFileSync(
      overlay,
      'calendar: { exclusions: [{ days: 2022-01-20, reason: arena closed }] }',
    );
    writeTinyLeague(raw, (day) => day !== '2022-01-04' && day !== '2022-01-05');
    const box = join(raw, 'raw_box.csv');
    const lines = readFileSync(box, 'utf8').split('\n');
    const blank = lines.map((line) =>
      line.includes(',2022-01-08,') ? line.replace(/\d+$/, '') : line,
    );
    writeFileSync(box, blank.join('\n'));
    await phasegate('load', raw, ...place);
    const started = await phasegate('start', ...RANGE, ...place, '--json');
    run = JSON.parse(started.stdout).run;
    told = await phasegate('explain', run, '--world', world);
  }, 120_000);

  it('is told from the failing check down to the raw table, and ends with 1', () => {
    expect(told.code).toBe(1);
    const text = told.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('analytics.team_games FAIL days (FAIL): 2 expected days');
    expect(text).toContain(
      'because on 2 of these 2 days raw.box fails sides: 2022-01-04..2022-01-05 (2 days)',
    );
    expect(text).toContain('raw.box is a source, loaded from raw_box');
    expect(text).toContain('for the same reason fails team-games');
  });

  it('keeps another cause apart, with the keys of rows and what the runs did', () => {
    const text = told.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/points-filled \(FAIL\): .* bad on 2022-01-08 alone/);
    expect(text).toMatch(/for example game_date=2022-01-08 game_id=20220108_\w+ team=\w+/);
    expect(text).toContain('nothing that analytics.team_games reads is bad there');
    expect(text).toContain('1 day ran and wrote rows');
  });

  it('says of a table behind the gate that it never ran, and what it waits for', () => {
    const text = told.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/precompute\.form FAIL never ran on its 8 expected days/);
    expect(text).toMatch(/read days on which analytics\.team_games fails days/);
  });

  it('ends with commands that can be copied, and with the count of verdicts', () => {
    expect(commandsIn(told.stdout, 'DIR')).toEqual([
      `load DIR --only raw_box --pipeline ${file} --overlay ${overlay} --world ${world}`,
      `repair ${run} --world ${world}`,
    ]);
    const lines = told.stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('Done. PASS=0 WARN=0 FAIL=2 UNKNOWN=0');
  });

  it('is told of one table of a range without a run, too, for machines', async () => {
    const ended = await phasegate(
      ...['explain', ...RANGE, '--table', 'analytics.team_games', ...place, '--json'],
    );
    expect(ended.code).toBe(1);
    const json = JSON.parse(ended.stdout);
    expect(json.tables).toHaveLength(1);
    expect(json.tables[0].checks[0]).toMatchObject({
      id: 'days',
      days: ['2022-01-04..2022-01-05'],
      since: { shape: 'unbroken', from: '2022-01-04', to: '2022-01-05' },
      chain: [{ relation: 'raw.box', check: 'sides', explains: 2, of: 2 }],
      root: { kind: 'source', file: 'raw_box' },
      alike: ['team-games'],
    });
    expect(json.next.at(-1).command).toMatch(
      /start --from 2022-01-01 --to 2022-01-10 --mode failed/,
    );
  });

  it('asks for a run or a range', async () => {
    const ended = await phasegate('explain', '--from', '2022-01-01', ...place);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('accepted: a RUN, or --from DAY and --to DAY');
  });

  it('a named gate judges its checks and the built-in ones, and nothing else', async () => {
    const ended = await phasegate('gate', 'points-ready', ...RANGE, ...place, '--json');
    expect(ended.code).toBe(1);
    const { gate, tables } = JSON.parse(ended.stdout);
    expect(gate).toBe('points-ready');
    expect(tables).toHaveLength(1);
    expect(tables[0].checks.map((each: { id: string }) => each.id)).toEqual([
      'points-filled',
      'fresh',
      'placed',
      'schema',
    ]);
  });

  it('a gate names its sample rows in the query that finds more of them', async () => {
    const ended = await phasegate(
      ...['gate', ...RANGE, '--table', 'analytics.team_games', ...place, '--verbose'],
    );
    expect(ended.stdout).toContain('SELECT `game_date`, `game_id`, `team`');
    expect(ended.stdout).toContain('WHERE (`game_date` BETWEEN @from0 AND @to0)');
    expect(ended.stdout).toMatch(/e\.g\. game_date=2022-01-08/);
    expect(ended.stdout).toContain('left out      nothing');
  });

  it.each([
    ['md', /^## ✗ FAIL: tiny/],
    ['junit', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="tiny /],
  ])('a gate prints itself as %s', async (format, shape) => {
    const ended = await phasegate('gate', ...RANGE, ...place, '--format', format);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(shape);
  });

  it('a source is judged by its own checks, and refused without any', async () => {
    const box = await phasegate('gate', ...RANGE, '--table', 'raw.box', ...place, '--json');
    expect(box.code).toBe(1);
    expect(JSON.parse(box.stdout).tables).toMatchObject([{ table: 'raw.box', coveredDays: 8 }]);
    const schedule = await phasegate('gate', ...RANGE, '--table', 'raw.schedule', ...place);
    expect(schedule.code).toBe(2);
    expect(schedule.stderr).toContain('add `checks` to it');
  });

  it('is nothing once its own commands were followed', async () => {
    writeTinyLeague(raw);
    await followAll(told);
    const after = await phasegate('explain', run, '--world', world);
    expect(after.code).toBe(0);
    expect(after.stdout).toContain('nothing fails in 2 tables');
    expect(after.stdout).not.toContain('Next steps');
  });

  describe('of a passed run, whose raw data changed later', () => {
    let stale: Ended;
    const pointsOf = (change: (line: string) => string) => {
      const box = join(raw, 'raw_box.csv');
      writeFileSync(box, readFileSync(box, 'utf8').split('\n').map(change).join('\n'));
    };

    beforeAll(async () => {
      pointsOf((line) => (line.includes(',2022-01-08,') ? line.replace(/\d+$/, '111') : line));
      await phasegate('load', raw, '--only', 'raw_box', ...place);
      stale = await phasegate('explain', run, '--world', world);
    });

    it('ends with a start of the same pipeline and overlay, which is nothing once it was followed', async () => {
      expect(stale.code).toBe(1);
      expect(stale.stderr).not.toContain('does not say which');
      expect(commandsIn(stale.stdout, raw)).toEqual([
        `start ${RANGE.join(' ')} --mode failed ${place.join(' ')}`,
      ]);
      await followAll(stale);
      expect(await phasegate('explain', run, '--world', world)).toMatchObject({ code: 0 });
    });

    it('says which options the commands lack where the run does not say them', async () => {
      const db = new DatabaseSync(join(base, 'world', 'state.db'));
      db.exec("UPDATE run SET state = json_remove(state, '$.startedWith')");
      db.close();
      pointsOf((line) => (line.includes(',2022-01-08,') ? line.replace(/\d+$/, '112') : line));
      await phasegate('load', raw, '--only', 'raw_box', ...place);
      const old = await phasegate('explain', run, '--world', world);
      expect(old.stderr).toContain(
        `run ${run} does not say which --pipeline and --overlay it was started with`,
      );
    });
  });

  async function followAll({ stdout }: Ended): Promise<void> {
    const commands = commandsIn(stdout, raw);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const { code, stderr } = await phasegate(...command.split(' '));
      expect({ command, code, stderr }).toMatchObject({ command, code: 0 });
    }
  }
});
