import type { DeadLetter } from '../dead-letter.ts';
import { counted } from './counted.ts';
import { WIDTH, wrap } from './wrap.ts';

const BODY_SHOWN = 200;

/** Dead letters for people, at most 80 columns wide: id, topic and time, why, and how the body begins. */
export function deadLines(letters: readonly DeadLetter[]): string[] {
  return letters.flatMap(({ id, topic, data, reason, diedAt, deaths }) => [
    `${id}  ${topic}`,
    ...(diedAt === null ? [] : [`  died ${diedAt}${timesOf(deaths)}`]),
    ...wrap(printable(reason), '  why: '),
    ...pieces(`  body: ${bodyStart(data)}`),
  ]);
}

/** The first 200 characters of a body, whatever bytes it holds. */
export function bodyStart(data: string): string {
  const shown = [...data].slice(0, BODY_SHOWN).join('');
  return `${printable(shown)}${shown.length < data.length ? '…' : ''}`;
}

function timesOf(deaths: number): string {
  return deaths < 2 ? '' : `, ${counted(deaths, 'time')} so far`;
}

/** A body comes from anywhere; nothing of it may steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}

/** A body has no blanks to break it at. */
function pieces(line: string): string[] {
  const characters = [...line];
  const lines = [characters.slice(0, WIDTH).join('')];
  const inner = WIDTH - 8;
  for (let at = WIDTH; at < characters.length; at += inner) {
    lines.push(`        ${characters.slice(at, at + inner).join('')}`);
  }
  return lines;
}
