import type { Verdict } from '../core/verdict.ts';
import { html, type Markup } from './markup.ts';

const SYMBOL: Readonly<Record<Verdict, string>> = { PASS: '✓', WARN: '⚠', FAIL: '✗', UNKNOWN: '?' };

/** A verdict that is told by its sign and its word, not by its colour alone. */
export function verdictMark(verdict: Verdict): Markup {
  return html`<span class="verdict ${verdict}"><span aria-hidden="true">${SYMBOL[verdict]}</span> ${verdict}</span>`;
}
