/** Columns of a terminal that nobody made wider. */
export const WIDTH = 80;

/** Each line that is too wide as several, the others further in than the first. Blanks within it stay as they are. */
export function fold(text: string, width = WIDTH): string[] {
  return text.split('\n').flatMap((line) => foldLine(line, width));
}

function foldLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const start = line.search(/\S/);
  const at = line.lastIndexOf(' ', width);
  const cut = at > start ? at : line.indexOf(' ', width);
  if (cut === -1) return [line];
  const inner = ' '.repeat(Math.min(start + 4, 8));
  return [
    line.slice(0, cut).trimEnd(),
    ...foldLine(`${inner}${line.slice(cut).trimStart()}`, width),
  ];
}

/**
 * A text as lines of at most 80 columns, broken between words; a word that is longer keeps its line.
 *
 * @param first what the first line begins with; the others begin with as many blanks
 */
export function wrap(text: string, first = '', width = WIDTH): string[] {
  const blank = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && first.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each, index) => `${index === 0 ? first : blank}${each}`);
}
