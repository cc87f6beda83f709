import type { Topic } from '../../../shared/ports/bus.ts';

/** The functions of a hand-over, by the topic that each is behind. */
export const SERVED = {
  'phasegate-job-finished': 'on-job-finished',
  'phasegate-gate-requested': 'validation-gate',
  'phasegate-launch-requested': 'launch-phase',
} as const satisfies Partial<Record<Topic, string>>;

export const BARE_TOPIC = 'bare';

export type Word = 'launched' | 'handled' | 'heard';

const MARK = 'bench:';

/** Tells the bench that something happened now: one line, written before this returns. */
export function tell(word: Word, name: string): void {
  process.stdout.write(`${MARK} ${word} ${name}\n`);
}

/** What a line tells; null for any other line. */
export function toldBy(line: string): string | null {
  return line.startsWith(MARK) ? line.slice(MARK.length + 1) : null;
}

export function wordsOf(word: Word, name: string): string {
  return `${word} ${name}`;
}
