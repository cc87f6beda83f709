import type { Instant } from '../core/run.ts';
import { clockAt } from '../core/time-zone.ts';
import { html, type Markup } from './markup.ts';

/** An instant as clocks of the zone show it, with their offset from UTC: `2026-01-03 23:04 -05:00`. What is none stays as it is. */
export function localTime(instant: Instant, timeZone: string): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  const { day, time, offset } = clockAt(ms, timeZone);
  return `${day} ${time} ${offset}`;
}

/** The same as an element that machines read; `not known` for an empty text. */
export function timeMark(instant: Instant, timeZone: string): Markup {
  if (instant === '') return html`not known`;
  return html`<time datetime="${instant}">${localTime(instant, timeZone)}</time>`;
}
