import { countDays } from '../day-set.ts';
import { assertNever } from '../errors.ts';
import type { PhaseName, TableName } from '../ids.ts';
import type { RunEvent } from '../run-event.ts';
import { counted } from './counted.ts';
import { verdictsLine } from './verdicts-line.ts';

/** A fact in words: what happened, what it is about, and what is known of it. Empty: nothing more. */
export type FactWords = Readonly<{
  what: string;
  about: TableName | PhaseName | null;
  detail: string;
  /** Who did it; empty: nobody named, or no person. */
  by: string;
}>;

/** What happened, for people. */
export function factWords(event: RunEvent): FactWords {
  const words = (
    what: string,
    about: FactWords['about'] = null,
    detail = '',
    by = '',
  ): FactWords => ({ what, about, detail, by });
  switch (event.type) {
    case 'run-requested':
      return words('asked for', null, event.reason, event.by);
    case 'repair-requested':
      return words('a repair was asked for', null, event.reason, event.by);
    case 'retry-requested':
      return words('a retry was asked for', null, event.reason, event.by);
    case 'cancel-requested':
      return words('cancelled', null, event.reason, event.by);
    case 'pause-requested':
      return words('paused', null, event.reason, event.by);
    case 'resume-requested':
      return words('resumed', null, event.reason, event.by);
    case 'override-signed':
      return words(`override until ${event.until}`, event.table, event.reason, event.by);
    case 'signed-off':
      return words('signed off', null, signedOff(event.reason, event.evidence), event.by);
    case 'outcomes-read':
      return words('outcomes read', null, `of ${counted(sizeOf(event.outcomes), 'table')}`);
    case 'outcomes-unreadable':
      return words('outcomes could not be read', null, event.message);
    case 'gate-waiting':
      return words('a gate waits', null, `for ${event.job}`);
    case 'launch-confirmed':
      return words(`launch ${event.attempt} began`, event.table, `as ${event.execution}`);
    case 'upstream-changed':
      return words(
        `launch ${event.attempt} was given up`,
        event.table,
        `${event.upstream} changed since it was judged`,
      );
    case 'job-succeeded':
      return words(`launch ${event.attempt} ended well`, event.table, 'its gate is still to say');
    case 'job-failed':
      return words(
        `launch ${event.attempt} failed`,
        event.table,
        `${event.failure}: ${event.message}`,
      );
    case 'gate-judged':
      return words(`gate: ${event.verdict}`, event.table, badOf(event));
    case 'roll-called':
      return words(
        'roll called',
        event.phase,
        verdictsLine(Object.values(event.tables).map(({ verdict }) => verdict)),
      );
    case 'clock-ticked':
      return words('the clock was looked at');
    default:
      return assertNever(event);
  }
}

function badOf({ badDays, message }: Extract<RunEvent, { type: 'gate-judged' }>): string {
  const days = countDays(badDays);
  return [
    ...(days === 0 ? [] : [counted(days, 'bad day')]),
    ...(message === '' ? [] : [message]),
  ].join(': ');
}

function signedOff(reason: string, evidence: Readonly<Record<string, string>>): string {
  const on = `on ${counted(sizeOf(evidence), 'piece', 'pieces')} of evidence`;
  return reason === '' ? on : `${on}: ${reason}`;
}

const sizeOf = (record: object) => Object.keys(record).length;
