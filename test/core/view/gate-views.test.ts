import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import { scheduleOf } from '../../../shared/core/schedule.ts';
import { denominatorOf } from '../../../shared/core/view/gate-denominator.ts';
import { gateJson } from '../../../shared/core/view/gate-json.ts';
import { gateLines } from '../../../shared/core/view/gate-lines.ts';
import { gateMarkdown } from '../../../shared/core/view/gate-markdown.ts';
import { SECTIONS } from '../../../shared/core/view/gate-sections.ts';
import { fold, WIDTH, wrap } from '../../../shared/core/view/wrap.ts';
import { day } from '../build.ts';
import { jan, judged } from '../explain/judged.ts';
import { game, spec } from '../table-facts.ts';
import { pipeline, report } from './gate-report.ts';

const text = (isVerbose: boolean) => gateLines(report, isVerbose);

describe('a gate as text', () => {
  it('has the sections in their order, then the roll call, then what to do', () => {
    const titles = [...SECTIONS, 'Overall', 'Next steps'];
    const found = text(false).flatMap(
      (line) => titles.find((title) => line.startsWith(title)) ?? [],
    );
    expect(found).toEqual(titles);
  });

  it.each([false, true])(
    'is at most 80 columns wide, but for commands and SQL (verbose %s)',
    (all) => {
      const wide = text(all).filter((line) => line.length > WIDTH);
      expect(wide.filter((line) => !/npx|SELECT|WHERE/.test(line))).toEqual([]);
    },
  );

  it('counts the checks that hold, and tells each of them only when asked', () => {
    expect(text(false).join('\n')).toMatch(/Counts +✗ \d+ of \d+ checks hold, \d+ fail/);
    expect(text(false).join('\n')).not.toContain('a.good\n');
    expect(text(true).join('\n')).toContain('✓ days: 10/10 (100.0%) days have rows');
  });

  it('tells the sample rows, and the query that finds them when asked', () => {
    expect(text(false).join('\n')).toContain('e.g. game_date=2022-01-03 team=<A&B>');
    expect(text(false).join('\n')).not.toContain('WHERE points < 5');
    expect(text(true).join('\n')).toContain('WHERE points < 5');
  });

  it('folds what a table without any row cannot show', () => {
    const absent = text(false).slice(text(false).indexOf('  a.absent'));
    expect(absent[1]).toMatch(/days: 10 expected days have no row/);
  });

  it('says once that nothing is expected of a table, and never what its checks could not show', () => {
    const early = judged(pipeline, 'a.good', jan('1..10'), { expected: [] });
    const lines = gateLines({ ...report, tables: [early] }, false);
    const said = lines.join(' ').replaceAll(/\s+/g, ' ');
    expect(said).toContain(
      'unexpected good: nothing is expected of it in this range (its first 2 days of a season are bootstrap), so it is UNKNOWN',
    );
    expect(lines.filter((line) => line.includes('nothing was shown'))).toEqual([]);
    expect(said).toContain('? a.good UNKNOWN 0/0 days');
  });

  it('names its evidence, so that it can be judged again', () => {
    expect(text(false)).toContain(`${'Evidence'.padEnd(20)}gate-1`);
  });

  it('calls the roll of every table, with days and checks', () => {
    const roll = text(false).slice(text(false).findIndex((line) => line.startsWith('Overall')));
    expect(roll.slice(1, 5)).toEqual([
      expect.stringMatching(/✓ a.good +PASS +10\/10 days 5\/5 checks/),
      expect.stringMatching(/✗ a.bad +FAIL +8\/10 days/),
      expect.stringMatching(/⚠ a.waived +WARN +9\/10 days/),
      expect.stringMatching(/✗ a.absent +FAIL +0\/10 days/),
    ]);
  });
});

describe('the denominator', () => {
  const finals = ['2021-12-20', '2022-01-02', '2022-01-03', '2022-01-20'].map((on) =>
    game(`g${on}`, day(on)),
  );
  const preseason = ['2021-12-19', '2022-01-05', '2022-01-06'].map((on) =>
    game(`p${on}`, day(on), 'preseason'),
  );
  const read = scheduleOf({ ...spec, seasonStarts: [{ season: 2021, start: day('2021-12-01') }] }, [
    ...finals,
    ...preseason,
  ]);

  it('counts the judged range only, however much of the schedule was read', () => {
    const told = denominatorOf({ ...report, schedule: read });
    expect(told).toMatchObject({
      days: 2,
      games: 2,
      seasons: [{ season: 2021, days: 2, games: 2 }],
    });
    expect(told.leftOut).toEqual([
      {
        reason: 'season type preseason is not wanted',
        games: 2,
        days: parseDaySet('2022-01-05..2022-01-06'),
      },
    ]);
  });

  it('says where the schedule ends when that is before the range does', () => {
    expect(denominatorOf({ ...report, schedule: read }).reachesOnly).toBeNull();
    const to = day('2022-02-10');
    expect(denominatorOf({ ...report, schedule: read, to }).reachesOnly).toBe('2022-01-20');
  });

  it('tells where it comes from: schedule, season types, bootstrap days, waivers with who and until', () => {
    const lines = text(false).join('\n').replaceAll(/\s+/g, ' ');
    expect(lines).toContain('schedule raw.schedule season types regular');
    expect(lines).toContain('the first 2 days of a season for good');
    expect(lines).toContain('a.waived days on 2022-01-02 by ana until 2027-01-01');
  });

  it('leaves out a waiver of days outside the range', () => {
    const later = { ...report, from: day('2022-01-03') };
    expect(denominatorOf(later).waivers).toEqual([]);
  });
});

describe('a gate as JSON', () => {
  const json = JSON.parse(JSON.stringify(gateJson(report)));

  it('keeps the promised shape', () => {
    expect(json).toMatchObject({
      verdict: 'FAIL',
      range: '2022-01-01..2022-01-10',
      policy: 'backfill',
      bytes: 12,
    });
    expect(json.tables[1]).toMatchObject({
      table: 'a.bad',
      verdict: 'FAIL',
      expectedDays: 10,
      coveredDays: 8,
    });
    expect(Object.keys(json.tables[1].checks[0])).toEqual(
      expect.arrayContaining([
        'id',
        'kind',
        'verdict',
        'severity',
        'observed',
        'expected',
        'days',
        'message',
      ]),
    );
    expect(json.tables[1].checks[0].days).toEqual(['2022-01-03..2022-01-04']);
    expect(json.crossTable.map((each: { id: string }) => each.id)).toContain('fresh');
  });

  it('adds the denominator, what each statement cost, and the query of failing rows', () => {
    expect(json.denominator).toMatchObject({ schedule: 'raw.schedule', games: 10 });
    expect(json.statements).toMatchObject([
      { bytesPredicted: 10, bytesProcessed: 12, bytesBilled: 20 },
    ]);
    const check = json.tables[1].checks.find((each: { id: string }) => each.id === 'points-filled');
    expect(check.failingRows.sql).toContain('LIMIT 5');
    expect(check.samples).toHaveLength(2);
  });
});

describe('a gate as Markdown', () => {
  const markdown = gateMarkdown(report);

  it('starts with the verdict and the roll call as a table of four columns', () => {
    expect(markdown).toMatch(/^## ✗ FAIL: tiny 2022-01-01\.\.2022-01-10\n/);
    const table = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(table).toHaveLength(6);
    expect(table.map((line) => line.split('|').length)).toEqual(table.map(() => 6));
  });

  it('keeps what people wrote from becoming markup', () => {
    expect(markdown).toContain('arena \\<closed\\> & "flooded"');
  });
});

describe('a wrapped text', () => {
  it('breaks between words, and keeps the beginning free of text', () => {
    expect(wrap('one two three', '- ', 9)).toEqual(['- one two', '  three']);
  });

  it('leaves a word alone that is longer than the line', () => {
    expect(wrap('a abcdefghij b', '', 4)).toEqual(['a', 'abcdefghij', 'b']);
  });
});

describe('a line that is too wide', () => {
  it('is folded at a blank, further in, and loses no word', () => {
    const line = `  ✗ analytics.player_games   blocked: ${'every word is here '.repeat(8)}end`;
    const folded = fold(line);
    expect(Math.max(...folded.map((each) => each.length))).toBeLessThanOrEqual(WIDTH);
    expect(folded.slice(1).every((each) => each.startsWith('      '))).toBe(true);
    expect(folded.join(' ').split(/\s+/)).toEqual(line.split(/\s+/));
    expect(folded[0]).toContain('player_games   blocked');
  });

  it('among several is folded by itself, and the others stay as they are', () => {
    const long = 'every word is here '.repeat(5).trim();
    expect(fold(`one\n${long}\n  two`)).toEqual(['one', ...fold(long), '  two']);
  });

  it('without a blank stays whole', () => {
    expect(fold(`  ${'x'.repeat(100)}`)).toEqual([`  ${'x'.repeat(100)}`]);
  });
});
