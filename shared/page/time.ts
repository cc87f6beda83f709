import type { Instant } from '../core/run.ts';
import { offsetAt } from '../core/time-zone.ts';
import { html, type Markup } from './markup.ts';

const MINUTE_MS = 60_000;

/** An instant as clocks of the zone show it, with their offset from UTC: `2026-01-03 23:04 -05:00`. What is none stays as it is. */
export function localTime(instant: Instant, timeZone: string): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  const offset = offsetAt(ms, timeZone);
  const shown = new Date(ms + offset).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 16)} ${offsetText(offset)}`;
}

/** The same as an element that machines read; `not known` for an empty text. */
export function timeMark(instant: Instant, timeZone: string): Markup {
  if (instant === '') return html`not known`;
  return html`<time datetime="${instant}">${localTime(instant, timeZone)}</time>`;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / MINUTE_MS));
  const two = (count: number) => String(count).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
