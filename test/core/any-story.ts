import fc from 'fast-check';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { decide } from '../../shared/core/decide.ts';
import { parsePhaseName } from '../../shared/core/ids.ts';
import { type Pipeline, tableNamed, tablesOf } from '../../shared/core/pipeline.ts';
import type { Effect, RunState } from '../../shared/core/run.ts';
import type { RunEvent, TableVerdict } from '../../shared/core/run-event.ts';
import { letsPass } from '../../shared/core/verdict.ts';
import { answerTo } from './answer-to.ts';
import { anyEvent, calendar } from './any-event.ts';
import { days, games, pipelineOf, sameDay, table } from './build.ts';
import { AT, requestedRun } from './requested-run.ts';

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

const VERDICTS = ['PASS', 'PASS', 'PASS', 'PASS', 'PASS', 'WARN', 'FAIL', 'UNKNOWN'] as const;
const LAUNCHES = [
  'interrupted',
  'launch-confirmed',
  'job-succeeded',
  'job-succeeded',
  'job-succeeded',
  'permanent',
  'launch-confirmed',
  'job-succeeded',
  'job-succeeded',
  'job-succeeded',
] as const;

/** So many of the last questions may be answered late, or once more. */
const LATE = 10;

/** One more thing that is heard: by its kind and a number it answers what was asked, or it is just anything. */
type Drawn = readonly [kind: number, which: number, any: RunEvent];

/** What a run hears whose questions are mostly answered, some of them late, twice or never, while anything else is said too. */
function told(pipeline: Pipeline, drawn: readonly Drawn[]): readonly RunEvent[] {
  const events: RunEvent[] = [];
  const open: Effect[] = [];
  const ever: Effect[] = [];
  let state: RunState | null = null;
  const hear = (event: RunEvent) => {
    events.push(event);
    const step = decide(pipeline, state, event);
    state = step?.state ?? state;
    open.push(...(step?.effects ?? []));
    ever.push(...(step?.effects ?? []));
  };
  hear(requestedRun(pipeline));
  for (const [kind, which, any] of drawn) {
    const [asked] =
      kind < 7
        ? open.splice(which % Math.max(1, open.length), 1)
        : kind < 8
          ? [ever.at(-1 - (which % Math.min(LATE, ever.length)))]
          : [];
    const answer = asked === undefined ? null : answerOf(pipeline, asked, which);
    hear(answer ?? any);
    if (answer?.type === 'launch-confirmed' && asked !== undefined) open.push(asked);
  }
  return events;
}

function answerOf(pipeline: Pipeline, asked: Effect, which: number): RunEvent | null {
  if (asked.kind === 'launch-table' && which % 11 === 3) {
    const upstream = tableNamed(pipeline, asked.table)?.needs[0]?.of;
    const { table, attempt } = asked;
    if (upstream !== undefined) {
      return { type: 'upstream-changed', table, attempt, upstream, at: AT };
    }
  }
  const verdict = VERDICTS[which % 8]!;
  const badDays = letsPass(verdict) ? [] : parseDaySet(`2022-01-01..2022-01-0${1 + (which % 6)}`);
  const found: TableVerdict = { verdict, badDays, message: 'm', evidence: 'e' };
  const tables = tablesOf(pipeline).map(({ name }) => name);
  const outcome = which % 4 === 1 ? 'VERIFIED' : 'NEVER_RAN';
  const launch = LAUNCHES[which % LAUNCHES.length]!;
  return answerTo(asked, { tables, calendar, outcome, launch, found, at: AT });
}

function histories(pipeline: Pipeline): fc.Arbitrary<readonly RunEvent[]> {
  const drawn = fc.tuple(fc.nat(9), fc.nat(), anyEvent(pipeline));
  return fc.array(drawn, { maxLength: 80, size: 'max' }).map((all) => told(pipeline, all));
}

/** A pipeline, and what may be heard of a run of it: mostly what it asked for, and anything else between. */
export const stories = pipelines.chain((pipeline) =>
  fc.tuple(fc.constant(pipeline), histories(pipeline)),
);

/** Folds a history, and shows each effect with the states around it. */
export function play(
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
