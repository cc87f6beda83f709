import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../shared/core/decide.ts';
import type { TableName } from '../../shared/core/ids.ts';
import { nextWake } from '../../shared/core/limits.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import { isAtRest, type RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { hasPassed, isBusy } from '../../shared/core/table-state.ts';
import { play, stories } from './any-story.ts';
import { AT } from './requested-run.ts';

const SEED = { seed: 20220101 };

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
    SEED,
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
    SEED,
  );
});

it('lets a table pass only by a gate of this attempt or by a signature', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      let state: RunState | null = null;
      for (const event of events) {
        const before: RunState | null = state;
        const step = decide(pipeline, before, event);
        if (step === null) continue;
        state = step.state;
        for (const name of Object.keys(state.tables) as TableName[]) {
          const [was, is] = [before?.tables[name], state.tables[name]];
          if (!hasPassed(is) || hasPassed(was)) continue;
          if (is?.tag === 'overridden') {
            expect(['gate-judged', 'override-signed']).toContain(event.type);
            continue;
          }
          const [attempt, round] = [was?.attempt, before?.round];
          expect(event).toMatchObject({ type: 'gate-judged', table: name, attempt, round });
          expect(event).toMatchObject({ verdict: expect.stringMatching(/^(PASS|WARN)$/) });
        }
      }
    }),
    SEED,
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
    SEED,
  );
});

/** Asked twice by two messages, it is wanted twice; one message that comes twice is one fact. */
function isAsking({ type }: RunEvent): boolean {
  return ['repair-requested', 'retry-requested', 'override-signed', 'signed-off'].includes(type);
}

it('hears every event twice as once', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      const twice = events.flatMap((event): RunEvent[] =>
        isAsking(event) ? [event] : [event, event],
      );
      const once = play(pipeline, events, () => {});
      expect(play(pipeline, twice, () => {})).toEqual(once);
    }),
    SEED,
  );
});

it('never runs more tables at once than the pipeline allows', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      play(pipeline, events, (_, __, after) => {
        const busy = Object.values(after.tables).filter(isBusy);
        expect(busy.length).toBeLessThanOrEqual(pipeline.parallelTables);
      });
    }),
    SEED,
  );
});

it('comes to rest, or wakes at an instant that it can name, whatever it has heard', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      let state = play(pipeline, events, () => {});
      for (let steps = 0; state !== null && !isAtRest(state.status); steps++) {
        const at = nextWake(pipeline, state);
        expect(at).not.toBeNull();
        expect(steps).toBeLessThan(500);
        state = decide(pipeline, state, { type: 'clock-ticked', at: at ?? AT })?.state ?? state;
      }
    }),
    SEED,
  );
});

it('launches nothing while it is paused, is being stopped, or is at rest', () => {
  fc.assert(
    fc.property(stories, ([pipeline, events]) => {
      play(pipeline, events, (effect, _, after) => {
        if (effect.kind !== 'launch-table') return;
        expect(after).toMatchObject({ status: 'live', paused: null });
      });
    }),
    SEED,
  );
});
