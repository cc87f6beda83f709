import { html, type Markup } from './markup.ts';

/** Commands to copy, each on a line of its own. */
export function commandBlock(commands: readonly string[]): Markup {
  return html`<pre class="commands" tabindex="0" role="region" aria-label="Commands">${commands.join('\n')}</pre>`;
}
