import type { RunState } from '../core/run.ts';
import type { TableState } from '../core/table-state.ts';
import { TABLE_SYMBOL } from '../core/view/run-lines.ts';
import { html, type Markup } from './markup.ts';

const RUN_SYMBOL: Readonly<Record<RunState['status'], string>> = {
  reading: '▷',
  live: '▷',
  cancelling: '▷',
  passed: '✓',
  blocked: '✗',
  failed: '✗',
  cancelled: '·',
};

/** Where a table stands, by sign and word. */
export function tableMark(tag: TableState['tag']): Markup {
  return html`<span class="verdict"><span aria-hidden="true">${TABLE_SYMBOL[tag]}</span> ${tag}</span>`;
}

/** Where a run stands, by sign and word, and whether somebody paused it. */
export function runMark({ status, paused }: Pick<RunState, 'status' | 'paused'>): Markup {
  return html`<span class="verdict"><span aria-hidden="true">${RUN_SYMBOL[status]}</span> ${status}${paused !== null && ', paused'}</span>`;
}
