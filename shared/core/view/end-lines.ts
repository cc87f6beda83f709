import { verdictOfRun } from '../report.ts';
import { isAtRest, type RunState } from '../run.ts';
import { counted } from './counted.ts';
import { daySpans } from './day-spans.ts';
import { goneMs } from './progress.ts';
import { stillBadOf } from './report-told.ts';
import { doneLine, verdictsOf } from './run-lines.ts';
import { spentText } from './spent-text.ts';
import { timeSpan } from './time-span.ts';

const TABLES_SHOWN = 5;
const SPANS_SHOWN = 3;

/**
 * The first lines of a run's report, of its state alone: the verdict, its phases, what is still bad, and what it took since
 * somebody last set it going. Nothing of a run that is not at rest.
 */
export function endLines(state: RunState): readonly string[] {
  if (!isAtRest(state.status)) return [];
  const { status, phases, calendar, repairs, endedAt, since } = state;
  const count = doneLine(Object.values(verdictsOf(state))).replace('Done. ', '');
  const stands = Object.entries(phases).map(([phase, each]) => `${phase} ${each}`);
  const bad = stillBadOf(state);
  const more = bad.length - TABLES_SHOWN;
  return [
    `${verdictOfRun(state)}, ${status}: ${count}`,
    `phases: ${stands.join(', ')}`,
    ...bad.slice(0, TABLES_SHOWN).map(({ table, why, days }) => {
      const on = days.length === 0 ? 'no day is named' : daySpans(calendar, days, SPANS_SHOWN);
      return `still bad: ${table}, ${why}: ${on}`;
    }),
    ...(more > 0 ? [`still bad: ${counted(more, 'more table')}`] : []),
    `${spentText(state)}, ${counted(repairs.inAll, 'repair')}, ${timeSpan(goneMs(state, endedAt ?? since))} since it was last set going`,
  ];
}
