import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKind } from '../../shared/core/errors.ts';
import {
  readGateRequested,
  readJobFinished,
  readLaunchRequested,
  readStart,
} from '../../shared/edge/wire.ts';

const START = { pipeline: 'nba', from: '2021-10-19', to: '2023-04-09' };
const start = (more: object) => readStart(JSON.stringify({ ...START, ...more }));

describe('a start message', () => {
  it('needs nothing but pipeline and range', () => {
    expect(start({})).toEqual({
      start: { request: { ...START, phases: [], mode: 'missing' }, requestedBy: '', reason: '' },
    });
  });

  it.each([
    [{ frm: 1 }, /frm/],
    [{ mode: 'everything' }, /mode/],
    [{ from: '2022-02-31' }, /from/],
    [{ phases: 'analytics' }, /phases/],
    [{ dryRun: true }, /dryRun/],
    [{ to: 20230409 }, /to/],
  ])('with %j is refused by the name of the field', (more, message) => {
    expect(() => start(more)).toThrow(message);
  });

  it('that is not JSON is refused', () => {
    expect(() => readStart('from: 2021')).toThrow(/not JSON/);
  });

  it('may ask for the repair of a run, and for nothing that is not one', () => {
    const run = 'nba-20211019-20230409-0a1b2c3d-2';
    expect(readStart(JSON.stringify({ repair: run }))).toEqual({
      asking: { what: 'repair', run, requestedBy: '', reason: '' },
    });
    expect(() => readStart(JSON.stringify({ repair: '../../etc' }))).toThrow(/run id/);
  });
});

describe('any message', () => {
  const readers = [readStart, readJobFinished, readGateRequested, readLaunchRequested];

  it.each(readers)(
    '%o either reads it or says that it is invalid input, and never anything else',
    (read) => {
      const anything = fc.oneof(
        fc.string(),
        fc.json(),
        fc.object().map((value) => JSON.stringify(value)),
      );
      fc.assert(
        fc.property(anything, (data) => {
          try {
            read(data);
          } catch (error) {
            expect(isKind(error, 'invalid-input')).toBe(true);
          }
        }),
        { numRuns: 500 },
      );
    },
  );
});

describe('a job’s message', () => {
  const run = 'nba-20211019-20230409-0a1b2c3d';
  const finished = (more: object) =>
    readJobFinished(
      JSON.stringify({
        run,
        launch: `${run}.a.t.1`,
        table: 'a.t',
        attempt: 1,
        result: 'succeeded',
        ...more,
      }),
    );

  it('may bring numbers, and brings none when it says nothing of them', () => {
    expect(finished({ metrics: { mae: 4.19 } }).metrics).toEqual({ mae: 4.19 });
    expect(finished({}).metrics).toEqual({});
  });

  it.each([
    [{ mae: 'good' }, /metrics\.mae/],
    [{ mae: null }, /metrics\.mae/],
    [{ 'Mean error': 4 }, /Mean error/],
  ])('with metrics %j is refused by their name', (metrics, message) => {
    expect(() => finished({ metrics })).toThrow(message);
  });
});
