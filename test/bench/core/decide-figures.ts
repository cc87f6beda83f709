import { decide } from '../../../shared/core/decide.ts';
import type { RunState } from '../../../shared/core/run.ts';
import type { RunEvent } from '../../../shared/core/run-event.ts';
import { writeState } from '../../../shared/edge/state-text.ts';
import type { Figures } from '../figures.ts';
import { sideBySide } from '../gate/side-by-side.ts';
import { largeRun } from './large-run.ts';

const MAX_OF_PARSE = 1;
const MAX_STATE_KILOBYTES = 64;

/** What one judgement costs and one state takes at 20 tables and 10,000 days with holes. */
export async function decideFigures(
  rounds: number,
  isBounded: boolean,
  figures: Figures,
): Promise<void> {
  const run = largeRun();
  const what = '20 tables, 10,000 days';
  const text = JSON.stringify(run.launched);
  const times = (count: number, work: () => unknown) => async () => {
    for (let n = 0; n < count; n++) work();
  };
  const folding = (state: RunState, event: RunEvent) => () => decide(run.pipeline, state, event);
  const PARSES = 10;
  const works = [
    ['job-succeeded', folding(run.launched, run.succeeded)],
    ['gate-judged that launches', folding(run.verifying, run.judged)],
    ['clock-ticked', folding(run.launched, run.tick)],
  ] as const;
  const [parse, plan, ...judgements] = await sideBySide(rounds, [
    times(PARSES, () => JSON.parse(text)),
    times(1, folding(run.reading, run.outcomes)),
    ...works.map(([, work]) => times(PARSES, work)),
  ]);
  if (parse === undefined || plan === undefined) throw new Error('nothing was timed');
  const milliseconds = (parse.seconds / PARSES) * 1000;
  figures.add(`${what}: JSON.parse of the state`, milliseconds, 'ms', {
    note: `${Math.round(text.length / 1024)} KB as plain JSON`,
  });
  for (const [n, [name]] of works.entries()) {
    const ratio = (judgements[n]?.seconds ?? Number.NaN) / parse.seconds;
    figures.add(`${what}: decide ${name} / JSON.parse`, ratio, 'x', {
      atMost: isBounded ? MAX_OF_PARSE : null,
    });
  }
  figures.add(`${what}: decide outcomes-read`, plan.seconds * 1000, 'ms');
  figures.add(`${what}: state text`, Buffer.byteLength(writeState(run.launched)) / 1024, 'KB', {
    atMost: MAX_STATE_KILOBYTES,
  });
}
