import type { Day } from '../days.ts';
import type { PhaseName, RunId } from '../ids.ts';
import type { RunStatus } from '../run.ts';
import { counted } from '../view/counted.ts';
import { gib, type Spent, sumOf } from './cost-findings.ts';

/** Of the tables of a phase of which a day was expected: how many are verified on it. */
export type PhaseDay = Readonly<{ phase: PhaseName; expected: number; verified: number }>;

/** What is known of the day before; a text says why it is not. */
export type Summary = Readonly<{
  day: Day;
  phases: readonly PhaseDay[] | string;
  /** Those that were set going or ended since then, the latest first. */
  runs: readonly Readonly<{ run: RunId; status: RunStatus }>[];
  /** Since then. */
  spent: readonly Spent[] | string;
}>;

const SHOWN_RUNS = 3;

/** A short block: phases, runs and costs of the day before. */
export function summaryLines({ day, phases, runs, spent }: Summary): readonly string[] {
  return [
    ...phaseLines(day, phases),
    runs.length === 0
      ? `no run since ${day}`
      : `${counted(runs.length, 'run')} since ${day}: ${shown(runs)}`,
    typeof spent === 'string'
      ? `costs since ${day} are not known: ${spent}`
      : `since ${day} ${gib(sumOf(spent, 'bytes'))} billed, ${Math.round(sumOf(spent, 'minutes'))} minutes of jobs`,
  ];
}

function phaseLines(day: Day, phases: Summary['phases']): readonly string[] {
  if (typeof phases === 'string') return [`what is verified on ${day} is not known: ${phases}`];
  const expecting = phases.filter(({ expected }) => expected > 0);
  if (expecting.length === 0) return [`nothing was due of ${day}`];
  return expecting.map(
    ({ phase, expected, verified }) =>
      `${phase} on ${day}: ${verified} of ${counted(expected, 'table')} verified`,
  );
}

function shown(runs: Summary['runs']): string {
  const told = runs.slice(0, SHOWN_RUNS).map(({ run, status }) => `${run} ${status}`);
  const more = runs.length - told.length;
  return [...told, ...(more === 0 ? [] : [`${more} more`])].join(', ');
}
