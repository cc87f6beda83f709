import { isEmpty, NO_DAYS, subtract } from '../core/day-set.ts';
import type { GridRow } from '../core/monitor/grid.ts';
import type { Outcome } from '../core/outcome.ts';
import { html, type Markup } from './markup.ts';
import { DAY_LOOKS, type DayKind } from './pictures/day-look.ts';

/** Worst first. */
const RANKED: readonly Outcome[] = [
  'FAILED',
  'EMPTY_SUSPECT',
  'PARTIAL',
  'NEVER_RAN',
  'STALE',
  'UNJUDGED',
  'RUNNING',
  'EMPTY_OK',
  'VERIFIED',
];

const CLASS: Readonly<Record<Outcome, string>> = {
  NEVER_RAN: 'bad',
  RUNNING: 'quiet',
  STALE: 'warn',
  FAILED: 'bad',
  EMPTY_OK: 'good',
  EMPTY_SUSPECT: 'bad',
  PARTIAL: 'warn',
  UNJUDGED: 'unknown',
  VERIFIED: 'good',
};

/** What became of a day, by sign and word. */
export function outcomeMark(outcome: Outcome): Markup {
  return html`<span class="${CLASS[outcome]}">${signOf(outcome)} ${outcome}</span>`;
}

/** The sign of a kind of day, beside which its word stands. */
export function signOf(kind: DayKind): Markup {
  return html`<span aria-hidden="true">${DAY_LOOKS[kind].symbol}</span>`;
}

/** The worst that became of a row's days that nobody signed for; null where nothing is due. */
export function worstOf({
  outcomes,
  waived,
}: Pick<GridRow, 'outcomes' | 'waived'>): Outcome | null {
  const isThere = (outcome: Outcome) => {
    const days = outcomes[outcome] ?? NO_DAYS;
    return !isEmpty(isEmpty(waived) ? days : subtract(days, waived));
  };
  return RANKED.find(isThere) ?? null;
}
