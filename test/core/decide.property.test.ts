import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasPassed } from '../../shared/core/advance.ts';
import { allDays } from '../../shared/core/calendar.ts';
import { daySetOf, intersect } from '../../shared/core/day-set.ts';
import { dayOfNumber } from '../../shared/core/days.ts';
import { decide } from '../../shared/core/decide.ts';
import { parsePhaseName, type TableName } from '../../shared/core/ids.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import type { Effect, RunEvent, RunState } from '../../shared/core/run.ts';
import { calendarOf, days, games, pipelineOf, RUN, requestOf, sameDay, table } from './build.ts';

const AT = '2026-01-03T04:00:00.000Z';
const NAMES = ['a.one', 'a.two', 'a.three', 'b.four', 'b.five'];

/** Tables in two phases; each may need any earlier one, through any window. */
const pipelines: fc.Arbitrary<Pipeline> = fc
  .array(
    fc.array(fc.tuple(fc.nat(4), fc.constantFrom('same-day', 'games', 'days')), { maxLength: 3 }),
    {
      minLength: 2,
      maxLength: 5,
    },
  )
  .map((all) =>
    pipelineOf(
      ...all.map((needs, index) =>
        table(
          NAMES[index]!,
          needs
            .filter(([on]) => on < index)
            .map(([on, kind]) =>
              kind === 'same-day'
                ? sameDay(NAMES[on]!)
                : kind === 'games'
                  ? games(NAMES[on]!, 5)
                  : days(NAMES[on]!, 3),
            ),
          { phase: parsePhaseName(index < 3 ? 'analytics' : 'precompute') },
        ),
      ),
    ),
  );

const calendar = calendarOf('2022-01-01..2022-01-06,2022-01-09..2022-01-12');
const someDays = fc
  .subarray([...Array(12).keys()])
  .map((picked) =>
    intersect(allDays(calendar), daySetOf(picked.map((n) => dayOfNumber(18_993 + n)))),
  );

/** Anything the outside world could say about a pipeline, true or not, in any order, any number of times. */
function histories(pipeline: Pipeline): fc.Arbitrary<readonly RunEvent[]> {
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
  const requested = fc.constant<RunEvent>({
    type: 'run-requested',
    run: RUN,
    request: requestOf(pipeline),
    definition: 'd',
    by: '',
    reason: '',
    at: AT,
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
  const event: fc.Arbitrary<RunEvent> = fc.oneof(
    requested,
    read,
    fc.record({ type: fc.constant('job-succeeded' as const), table: name, attempt: small, at }),
    fc.record({
      type: fc.constant('job-failed' as const),
      table: name,
      attempt: small,
      failure: fc.constantFrom('transient' as const, 'permanent' as const, 'interrupted' as const),
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
    fc.tuple(name, small, small, verdict).map(
      ([on, round, attempt, found]): RunEvent => ({
        type: 'gate-judged',
        table: on,
        round,
        attempt,
        at: AT,
        ...found,
      }),
    ),
    fc.tuple(phase, small, fc.dictionary(name, verdict)).map(
      ([of, round, tables]): RunEvent => ({
        type: 'roll-called',
        phase: of,
        round,
        tables,
        at: AT,
      }),
    ),
    fc.constant<RunEvent>({ type: 'repair-requested', by: '', reason: '', at: AT }),
    fc.constant<RunEvent>({ type: 'clock-ticked', at: '2026-01-04T00:00:00.000Z' }),
  );
  return fc
    .tuple(requested, read, fc.array(event, { maxLength: 80 }))
    .map(([a, b, rest]) => [a, b, ...rest]);
}

const stories = pipelines.chain((pipeline) => fc.tuple(fc.constant(pipeline), histories(pipeline)));

function play(
  pipeline: Pipeline,
  events: readonly RunEvent[],
  look: (effect: Effect, before: RunState | null, after: RunState, event: RunEvent) => void,
): RunState | null {
  let state: RunState | null = null;
  for (const event of events) {
    const step = decide(pipeline, state, event);
    if (step === null) continue;
    for (const effect of step.effects) look(effect, state, step.state, event);
    state = step.state;
  }
  return state;
}

it('never launches a table before everything in the run that it reads has passed', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      play(pipeline, events, (effect, _, after) => {
        if (effect.kind !== 'launch-table') return;
        const launched = tablesOf(pipeline).find((each) => each.name === effect.table);
        for (const { of } of launched?.needs ?? []) {
          if (!(of in after.tables)) continue;
          expect(hasPassed(after.tables[of])).toBe(true);
        }
      });
    }),
  );
});

it('never launches the same attempt of a table twice', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      const launches: string[] = [];
      play(pipeline, events, (effect) => {
        if (effect.kind === 'launch-table') launches.push(effect.launch);
      });
      expect(new Set(launches).size).toBe(launches.length);
    }),
  );
});

it('lets a table pass only by a gate of this attempt or by a roll call', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      let state: RunState | null = null;
      for (const event of events) {
        const before: RunState | null = state;
        const step = decide(pipeline, before, event);
        if (step === null) continue;
        state = step.state;
        for (const name of Object.keys(state.tables) as TableName[]) {
          if (!hasPassed(state.tables[name]) || hasPassed(before?.tables[name])) continue;
          expect(event.type).toBe('gate-judged');
        }
      }
    }),
  );
});

it('passes a phase only when every table of it has passed', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      const state = play(pipeline, events, () => {});
      for (const { name, tables } of pipeline.phases) {
        if (state?.phases[name] !== 'passed') continue;
        for (const each of tables) expect(hasPassed(state.tables[each.name])).toBe(true);
      }
    }),
  );
});

it('hears every event twice as once', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      const twice = events.flatMap((event): RunEvent[] =>
        event.type === 'repair-requested' ? [event] : [event, event],
      );
      const once = play(pipeline, events, () => {});
      expect(play(pipeline, twice, () => {})).toEqual(once);
    }),
  );
});

it('never runs more tables at once than the pipeline allows', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      play(pipeline, events, (_, __, after) => {
        const busy = Object.values(after.tables).filter(
          ({ tag }) => tag === 'launching' || tag === 'running',
        );
        expect(busy.length).toBeLessThanOrEqual(pipeline.parallelTables);
      });
    }),
  );
});
