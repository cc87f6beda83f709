import type { Observation } from '../monitor/finding.ts';
import { counted } from '../view/counted.ts';
import { type DoctorLine, fail, fewOf, notLooked, pass, warn } from './doctor-line.ts';

/** The ways to people that the file names, and those of them whose address this machine has. */
export type ChannelsThere = Readonly<{ declared: readonly string[]; open: readonly string[] }>;

export function channelsLine({ declared, open }: ChannelsThere): DoctorLine {
  const lacking = declared.filter((name) => !open.includes(name));
  const fix =
    'set the address of each channel in the environment (docs/monitors.md), and `up` anew';
  if (open.length === 0) {
    const names = lacking.length === 0 ? '' : `: ${fewOf(lacking)} without an address`;
    return warn('channels', `alerts reach the console of \`up\` and nobody else${names}`, fix);
  }
  if (lacking.length > 0) return warn('channels', `without an address: ${fewOf(lacking)}`, fix);
  return pass('channels', `${fewOf(open)} with an address`);
}

/** @param look at the last test; null where no monitor sends one */
export function channelTestLine(
  look: Pick<Observation, 'verdict' | 'message' | 'findings'> | null,
): DoctorLine {
  const check = 'channel-test';
  if (look === null) {
    const fix = 'add a monitor that judges `{ what: channels }` (docs/monitors.md)';
    return warn(check, 'no monitor sends a test through the channels', fix);
  }
  const { verdict, message, findings } = look;
  const next = findings[0]?.next ?? null;
  switch (verdict) {
    case 'PASS':
      return pass(check, message);
    case 'FAIL':
      return fail(check, message, next ?? 'mend the address of the channel');
    case 'UNKNOWN':
      return notLooked(check, message, next);
    case 'IDLE':
    case 'WARN':
      return warn(check, message, 'see that somebody reads what it sends');
  }
}

/** @param waiting messages that nobody could handle, and the first thing to do */
export function deadLettersLine(
  piles: readonly Readonly<{ topic: string; messages: number; next: string }>[],
): DoctorLine {
  const [first] = piles;
  if (first === undefined) return pass('dead-letters', 'none waits');
  const texts = piles.map(({ topic, messages }) => `${counted(messages, 'message')} on ${topic}`);
  return warn('dead-letters', `waiting: ${fewOf(texts)}`, first.next);
}
