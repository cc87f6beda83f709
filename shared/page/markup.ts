/** Text that is markup already; everything else is escaped where it is put into a page. */
export type Markup = Readonly<{ markup: string }>;

/** What may stand in a page: nothing for null, undefined and false; a list as its parts. */
export type Piece = Markup | string | number | null | undefined | false | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose pieces are escaped, in text and in quoted attributes alike. Attributes must be quoted. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let markup = texts[0] ?? '';
  for (const [index, piece] of pieces.entries()) {
    markup += textOf(piece) + (texts[index + 1] ?? '');
  }
  return { markup };
}

/** Markup made of our own numbers and words alone, as paths of pictures are. */
export function trusted(markup: string): Markup {
  return { markup };
}

function textOf(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  if ('markup' in piece) return piece.markup;
  return piece.map(textOf).join('');
}

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, (each) => ESCAPES[each] ?? '') : text;
}
