import { type DaySet, normalize } from '../core/day-set.ts';
import { type Day, dayNumber, dayOfNumber } from '../core/days.ts';
import type { RunState } from '../core/run.ts';
import { readState } from '../core/upgrade.ts';

const RADIX = 36;
const TOKEN = /\(([0-9a-z]+)\)|([0-9a-z])/g;

/** What was written of a state before: the next state of a run shares most of it. */
const written = new WeakMap<object, string>();

/** A run's state as stores keep it: JSON, in which every day set is one short text. */
export function writeState(state: RunState): string {
  return writeFields(state, (value, name) =>
    name === 'tables' ? writeFields(state.tables, writePart) : writePart(value),
  );
}

function writeFields(
  object: object,
  write: (value: unknown, name: string) => string | undefined,
): string {
  const fields: string[] = [];
  for (const [name, value] of Object.entries(object)) {
    const text = write(value, name);
    if (text !== undefined) fields.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${fields.join()}}`;
}

/** Undefined for undefined, as JSON leaves it out. */
function writePart(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null) return JSON.stringify(part);
  const known = written.get(part);
  if (known !== undefined) return known;
  const text = JSON.stringify(part, (_, value: unknown) =>
    isDaySet(value) ? { '@': packDays(value) } : value,
  );
  written.set(part, text);
  return text;
}

/**
 * Reads what `writeState` wrote, or the release before.
 *
 * @param kept when it was kept: what the release before did not keep counts from here
 */
export function readStateText(text: string, kept: string): RunState {
  const state = JSON.parse(text, (_, value: unknown) =>
    isPacked(value) ? unpackDays(value['@']) : value,
  ) as { schema: number };
  return readState(state, kept);
}

/**
 * `2021-10-19:j0a`: the first day, then by turns the days that follow in a span and the days between two
 * spans, each less one; a digit of base 36 each, in brackets where it takes more.
 */
export function packDays(days: DaySet): string {
  let text = '';
  let last: number | null = null;
  for (const { from, to } of normalize(days)) {
    const first = dayNumber(from);
    text += last === null ? `${from}:` : digit(first - last - 2);
    last = dayNumber(to);
    text += digit(last - first);
  }
  return text;
}

export function unpackDays(text: string): DaySet {
  if (text === '') return [];
  const [from = '', codes = ''] = text.split(':');
  const days: { from: Day; to: Day }[] = [];
  let next = dayNumber(from as Day);
  let isSpan = true;
  for (const [, long, short] of codes.matchAll(TOKEN)) {
    const count = Number.parseInt(long ?? short ?? '', RADIX) + 1;
    if (isSpan) days.push({ from: dayOfNumber(next), to: dayOfNumber(next + count - 1) });
    next += count;
    isSpan = !isSpan;
  }
  return days;
}

function digit(value: number): string {
  const text = value.toString(RADIX);
  return text.length === 1 ? text : `(${text})`;
}

function isDaySet(value: unknown): value is DaySet {
  return Array.isArray(value) && value.length > 0 && value.every(isSpan);
}

function isSpan(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).join() === 'from,to';
}

function isPacked(value: unknown): value is Readonly<{ '@': string }> {
  return typeof value === 'object' && value !== null && '@' in value;
}
