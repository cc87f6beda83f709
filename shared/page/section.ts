import { html, type Markup } from './markup.ts';

/** What was read for one section of a view, or why it could not be: the other sections stay. */
export type Read<Value> = Readonly<{ value: Value }> | Readonly<{ trouble: string }>;

/** What a section shows, or in its place what could not be read. */
export function shown<Value>(read: Read<Value>, show: (value: Value) => Markup): Markup {
  return 'value' in read ? show(read.value) : notRead(read.trouble);
}

export function notRead(trouble: string): Markup {
  return html`<p class="UNKNOWN"><strong>Not known.</strong> It could not be read: ${trouble}</p>`;
}

/** A part of a view under its heading. */
export function section(title: string, body: Markup): Markup {
  return html`<section>
<h2>${title}</h2>
${body}
</section>`;
}
