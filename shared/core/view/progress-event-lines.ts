import { assertNever } from '../errors.ts';
import type { TableState } from '../table-state.ts';
import { counted } from './counted.ts';
import type { ProgressEvent, TableFact, ToldCheck } from './progress-events.ts';
import { TABLE_SYMBOL } from './run-lines.ts';

/** What is told of one message; a report tells all of it. */
const LONGEST = 400;

/** What stays on a terminal above a block that is being drawn: what ended, and what a person should know at once. */
export function isLasting({ event }: ProgressEvent): boolean {
  switch (event) {
    case 'launch-asked':
    case 'launch-confirmed':
    case 'gate-asked':
    case 'table-put-back':
    case 'days-written':
    case 'phase-opened':
    case 'roll-asked':
    case 'run-read':
    case 'run-went-on':
      return false;
    default:
      return true;
  }
}

/** What is told where nothing can be drawn: all but what only leads to the next thing. */
export function isTold({ event }: ProgressEvent): boolean {
  return event !== 'launch-asked' && event !== 'gate-asked' && event !== 'roll-asked';
}

/** A fact for people: its line, and beneath it a line each check that does not hold. */
export function progressLines(event: ProgressEvent): readonly string[] {
  switch (event.event) {
    case 'days-written': {
      const failed = event.failed === 0 ? '' : `, ${event.failed} failed`;
      return [`▷ ${event.table} ${event.done}/${counted(event.of, 'day')} written${failed}`];
    }
    case 'connection-lost':
      return [`! ${oneLine(event.message)}`];
    case 'connection-restored':
      return [oneLine(event.message)];
    case 'phase-opened':
    case 'phase-passed':
    case 'phase-blocked':
    case 'roll-asked':
      return [`${PHASE_SIGN[event.event]} phase ${event.phase} ${PHASE_WORDS[event.event]}`];
    case 'run-paused':
      return [`run ${event.run} paused ${oneLine(event.message ?? '')}`.trimEnd()];
    case 'run-resumed':
    case 'run-read':
    case 'run-went-on':
    case 'run-cancel-asked':
    case 'run-passed':
    case 'run-blocked':
    case 'run-failed':
    case 'run-cancelled':
      return [`run ${event.run} ${RUN_WORDS[event.event]}`];
    case 'table-put-back':
    case 'launch-asked':
    case 'launch-confirmed':
    case 'cancel-asked':
    case 'gate-asked':
    case 'table-passed':
    case 'table-passed-with-warnings':
    case 'table-overridden':
    case 'table-blocked':
    case 'table-failed':
    case 'table-skipped':
      return tableLines(event);
    default:
      return assertNever(event);
  }
}

const PHASE_SIGN = {
  'phase-opened': '▷',
  'roll-asked': '▷',
  'phase-passed': '✓',
  'phase-blocked': '✗',
} as const;
const PHASE_WORDS = {
  'phase-opened': 'opened',
  'roll-asked': 'calls the roll',
  'phase-passed': 'passed',
  'phase-blocked': 'is blocked',
} as const;
const RUN_WORDS = {
  'run-resumed': 'is resumed',
  'run-read': 'reads what there is to do',
  'run-went-on': 'is live',
  'run-cancel-asked': 'is being stopped',
  'run-passed': 'passed',
  'run-blocked': 'is blocked',
  'run-failed': 'failed',
  'run-cancelled': 'is cancelled',
} as const;

const TAG_OF: Readonly<Record<TableFact, TableState['tag']>> = {
  'table-put-back': 'waiting',
  'launch-asked': 'launching',
  'launch-confirmed': 'running',
  'cancel-asked': 'cancelling',
  'gate-asked': 'verifying',
  'table-passed': 'passed',
  'table-passed-with-warnings': 'passed-with-warnings',
  'table-overridden': 'overridden',
  'table-blocked': 'blocked',
  'table-failed': 'failed',
  'table-skipped': 'skipped',
};

function tableLines(event: Extract<ProgressEvent, { event: TableFact }>): readonly string[] {
  const { table, days = 0, attempt, checks, badDays } = event;
  const tag = TAG_OF[event.event];
  const head = `${TABLE_SYMBOL[tag]} ${table} ${tag}`;
  const why =
    event.message === undefined || event.message === '' ? '' : `: ${oneLine(event.message)}`;
  switch (tag) {
    case 'launching':
    case 'running':
      return [`${head}, ${counted(days, 'day')}, attempt ${attempt}`];
    case 'waiting':
      return [`${head}, ${counted(days, 'day')} to write`];
    case 'verifying':
      return [head];
    case 'passed':
    case 'passed-with-warnings': {
      if (checks === undefined) return [head];
      return [`${head}, ${held(checks)}`, ...checks.trouble.map(checkLine)];
    }
    case 'blocked': {
      const on = badDays === undefined || badDays.length === 0 ? '' : ` on ${spans(badDays)}`;
      const verdict = `${head}: gate ${event.verdict ?? 'UNKNOWN'}${on}`;
      if (checks === undefined) return [`${verdict}${why}`];
      return [`${verdict}, ${held(checks)}`, ...checks.trouble.map(checkLine)];
    }
    case 'overridden':
      return [`${head}${why.replace(/^:/, '')}`];
    case 'cancelling':
    case 'failed':
    case 'skipped':
      return [`${head}${why}`];
    default:
      return assertNever(tag);
  }
}

const held = ({ held, of }: Readonly<{ held: number; of: number }>) =>
  `${held} of ${counted(of, 'check')} hold`;

function checkLine({ id, verdict, observed, expected }: ToldCheck): string {
  return `    ${verdict} ${id} ${observed || 'not evaluated'}${expected === '' ? '' : `, accepted ${expected}`}`;
}

function spans(days: readonly string[]): string {
  const more = days.length > 3 ? ` and ${counted(days.length - 3, 'more span')}` : '';
  return `${days.slice(0, 3).join(', ')}${more}`;
}

/** What others wrote, without what would move a terminal's cursor. */
function oneLine(text: string): string {
  const plain = text.replaceAll(/\p{Cc}+/gu, ' ').trim();
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}
