import type { EvidenceStatement } from '../core/evidence.ts';
import { counted } from '../core/view/counted.ts';
import { html, type Markup } from './markup.ts';

/** What a gate ran: each statement with its parameters, its job, and what it read. */
export function gateStatements(statements: readonly EvidenceStatement[]): Markup {
  if (statements.length === 0)
    return html`<p>No statement is kept: all it rests on had been read before.</p>`;
  const billed = statements.reduce((sum, { bytesBilled }) => sum + bytesBilled, 0);
  return html`<p>${counted(statements.length, 'statement')}, ${bytes(billed)} billed.</p>
${statements.map(
  ({
    purpose,
    sql,
    params,
    jobId,
    bytesPredicted,
    bytesProcessed,
    bytesBilled,
  }) => html`<details><summary>${purpose}: ${bytes(bytesPredicted)} predicted, ${bytes(bytesProcessed)} processed, ${bytes(bytesBilled)} billed</summary>
<pre tabindex="0" role="region" aria-label="SQL of ${purpose}">${sql}</pre>
<dl>${Object.entries(params).map(([name, { type, value }]) => html`<dt>@${name}</dt><dd>${type} ${String(value)}</dd>`)}<dt>job</dt><dd><code>${jobId}</code></dd></dl></details>
`,
)}`;
}

const bytes = (count: number) => `${count.toLocaleString('en-US')} bytes`;
