import fc from 'fast-check';
import { allDays } from '../../shared/core/calendar.ts';
import { daySetOf, intersect } from '../../shared/core/day-set.ts';
import { dayOfNumber } from '../../shared/core/days.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { calendarOf } from './build.ts';
import { AT, requestedRun } from './requested-run.ts';

export const calendar = calendarOf('2022-01-01..2022-01-06,2022-01-09..2022-01-12');
const someDays = fc
  .subarray([...Array(12).keys()])
  .map((picked) =>
    intersect(allDays(calendar), daySetOf(picked.map((n) => dayOfNumber(18_993 + n)))),
  );

/** Anything the outside world could say about a run of a pipeline, true or not. */
export function anyEvent(pipeline: Pipeline): fc.Arbitrary<RunEvent> {
  const name = fc.constantFrom(...tablesOf(pipeline).map((each) => each.name));
  const phase = fc.constantFrom(...pipeline.phases.map((each) => each.name));
  const small = fc.integer({ min: 0, max: 3 });
  const at = fc.constant(AT);
  const verdict = fc.record({
    verdict: fc.constantFrom(
      'PASS' as const,
      'PASS' as const,
      'WARN' as const,
      'FAIL' as const,
      'UNKNOWN' as const,
    ),
    badDays: someDays,
    message: fc.constant('m'),
    evidence: fc.constant('e'),
  });
  const read = fc
    .tuple(small, fc.dictionary(name, fc.record({ NEVER_RAN: someDays, VERIFIED: someDays })))
    .map(
      ([round, outcomes]): RunEvent => ({
        type: 'outcomes-read',
        round,
        calendar,
        outcomes,
        at: AT,
      }),
    );
  return fc.oneof(
    fc.constant(requestedRun(pipeline)),
    read,
    fc.record({ type: fc.constant('job-succeeded' as const), table: name, attempt: small, at }),
    fc.record({
      type: fc.constant('job-failed' as const),
      table: name,
      attempt: small,
      failure: fc.constantFrom(
        'transient' as const,
        'permanent' as const,
        'interrupted' as const,
        'not-ready' as const,
        'quota' as const,
        'cancelled' as const,
      ),
      message: fc.constant('m'),
      at,
    }),
    fc.record({
      type: fc.constant('launch-confirmed' as const),
      table: name,
      attempt: small,
      execution: fc.constant('x'),
      at,
    }),
    fc.tuple(name, small, small, fc.nat(1), verdict).map(
      ([on, round, attempt, look, found]): RunEvent => ({
        type: 'gate-judged',
        table: on,
        round,
        attempt,
        look,
        at: AT,
        ...found,
      }),
    ),
    fc
      .tuple(phase, small, fc.nat(1), fc.dictionary(name, verdict), fc.dictionary(name, someDays))
      .map(
        ([of, round, look, tables, causes]): RunEvent => ({
          type: 'roll-called',
          phase: of,
          round,
          look,
          tables,
          causes,
          at: AT,
        }),
      ),
    fc
      .constantFrom(
        'repair-requested' as const,
        'retry-requested' as const,
        'cancel-requested' as const,
        'pause-requested' as const,
        'resume-requested' as const,
      )
      .map((type): RunEvent => ({ type, by: '', reason: '', at: AT })),
    name.map(
      (table): RunEvent => ({
        type: 'override-signed',
        table,
        until: dayOfNumber(30_000),
        by: 'ana',
        reason: 'r',
        at: AT,
      }),
    ),
    fc.record({
      type: fc.constant('upstream-changed' as const),
      table: name,
      upstream: name,
      attempt: small,
      at,
    }),
    fc.record({
      type: fc.constant('upstream-changed' as const),
      table: name,
      upstream: name,
      token: fc.constantFrom('', 't1', 't2'),
      attempt: small,
      at,
    }),
    fc.constant<RunEvent>({ type: 'signed-off', evidence: {}, by: 'ana', reason: '', at: AT }),
    fc
      .constantFrom(
        '2026-01-03T05:00:00.000Z',
        '2026-01-03T07:00:00.000Z',
        '2026-01-05T00:00:00.000Z',
      )
      .map((tick): RunEvent => ({ type: 'clock-ticked', at: tick })),
  );
}
