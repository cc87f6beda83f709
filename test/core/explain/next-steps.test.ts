import { describe, expect, it } from 'vitest';
import type {
  CheckExplanation,
  Root,
  TableExplanation,
} from '../../../shared/core/explain/explanation.ts';
import { type Aim, nextSteps } from '../../../shared/core/explain/next-steps.ts';
import { parseTableName, type TableName } from '../../../shared/core/ids.ts';
import type { RunState } from '../../../shared/core/run.ts';
import { day, pipelineOf, RUN, table } from '../build.ts';
import { jan, judged, schedule } from './judged.ts';

const AIM: Aim = { from: day('2022-01-01'), to: day('2022-01-10'), run: null };
const pipeline = pipelineOf(table('a.t'));
const ran = judged(pipeline, 'a.t', jan('3'));
const neverRan = judged(pipeline, 'a.t', jan('3'), { history: new Map() });
const failing = (...roots: readonly Root[]): readonly TableExplanation[] => [
  {
    table: parseTableName('a.t'),
    verdict: 'FAIL',
    checks: roots.map((root): CheckExplanation => {
      const check = ran.judgement.checks[0]!;
      return { check, since: null, runs: null, chain: [], root, alike: [] };
    }),
  },
];
const source = (days: string, file: string | null = 'raw_box'): Root => ({
  kind: 'source',
  relation: parseTableName('raw.box'),
  file,
  days: jan(days),
});
const commands = (explained: readonly TableExplanation[], tables = [ran], aim = AIM) =>
  nextSteps(explained, tables, schedule.calendar, aim).map(({ command }) => command);

describe('what to do next', () => {
  it('is nothing when every table passes', () => {
    expect(commands(failing())).toEqual([]);
  });

  it('is to load the file of a source once, naming the days of all checks, then to write again', () => {
    const steps = nextSteps(failing(source('3'), source('4')), [ran], schedule.calendar, AIM);
    expect(steps.map(({ command }) => command)).toEqual([
      'npx phasegate load DIR --only raw_box',
      'npx phasegate start --from 2022-01-01 --to 2022-01-10 --mode failed',
    ]);
    expect(steps[0]?.why).toContain('2022-01-03..2022-01-04');
  });

  it('writes what is missing too where a table never ran', () => {
    expect(commands(failing(source('3')), [ran, neverRan]).at(-1)).toBe(
      'npx phasegate start --from 2022-01-01 --to 2022-01-10 --mode missing',
    );
  });

  it('writes nothing again where no day has to be written', () => {
    const whole = judged(pipeline, 'a.t');
    const unjudged = judged(pipeline, 'a.t', [], { actualColumns: null });
    expect(unjudged.outcomes).toEqual({ UNJUDGED: jan('1..10') });
    for (const tables of [[whole], [whole, unjudged]]) {
      expect(commands(failing(source('3')), tables)).toEqual([
        'npx phasegate load DIR --only raw_box',
      ]);
    }
    expect(commands(failing(source('3')), [whole, ran]).at(-1)).toMatch(/ start .*--mode failed$/);
    const run = { run: RUN, status: 'blocked', tables: {} } as const;
    const steps = nextSteps(failing(source('3')), [whole], schedule.calendar, { ...AIM, run });
    expect(steps.at(-1)?.why).toMatch(/^no day has to be written/);
  });

  it('retries a run whose jobs failed and that no gate refused; one that a gate refused too is repaired', () => {
    const failed = { tag: 'failed', attempt: 3, days: [], message: 'exit 1' } as const;
    const refused = { tag: 'blocked', attempt: 1, verdict: 'FAIL', badDays: [] } as const;
    const blocked = { ...refused, message: '', evidence: 'e' };
    const [one, two] = ['a.one', 'a.two'].map(parseTableName) as [TableName, TableName];
    const lastOf = (tables: RunState['tables']) => {
      const run = { run: RUN, status: 'blocked', tables } as const;
      return commands(failing(source('3')), [ran], { ...AIM, run }).at(-1);
    };
    expect(lastOf({ [one]: failed })).toBe(`npx phasegate retry ${RUN}`);
    expect(lastOf({ [one]: failed, [two]: blocked })).toBe(`npx phasegate repair ${RUN}`);
  });

  it('asks nothing of a run that was cancelled', () => {
    const run = { run: RUN, status: 'cancelled', tables: {} } as const;
    expect(commands(failing(source('3')), [ran], { ...AIM, run })).toEqual([
      'npx phasegate load DIR --only raw_box',
    ]);
  });

  it('repairs the run that was named, unless it has passed', () => {
    const run = { run: RUN, status: 'blocked', tables: {} } as const;
    expect(commands(failing(source('3')), [ran], { ...AIM, run }).at(-1)).toBe(
      `npx phasegate repair ${RUN}`,
    );
    const passed = { run: RUN, status: 'passed', tables: {} } as const;
    expect(commands(failing(source('3')), [ran], { ...AIM, run: passed }).at(-1)).toMatch(
      / start /,
    );
  });

  it('has no command for what no load mapping fills, and says so', () => {
    const [first] = nextSteps(failing(source('3', null)), [ran], schedule.calendar, AIM);
    expect(first).toMatchObject({ command: null, why: expect.stringContaining('no load mapping') });
  });
});
