/** Columns of a terminal that nobody made wider. */
export const WIDTH = 80;

/**
 * Each line that is too wide as several, the others further in than the first. Blanks within it stay as they are. A
 * command stays in one piece, be it between backticks or at the end of its line.
 */
export function fold(text: string, width = WIDTH): string[] {
  const lines = tied(text).split('\n');
  return lines.flatMap((line) => foldLine(line, width)).map(untied);
}

/** Stands for a blank at which no line is broken. */
const TIE = '\ue000';

const COMMAND = /`(?:npx )?phasegate [^`\n]*`|npx phasegate .*$/gm;

function tied(text: string): string {
  return text.replaceAll(COMMAND, (each) => each.replaceAll(' ', TIE));
}

function untied(line: string): string {
  return line.replaceAll(TIE, ' ');
}

function foldLine(line: string, width: number, further?: string): string[] {
  if (line.length <= width) return [line];
  const start = line.search(/\S/);
  const at = line.lastIndexOf(' ', width);
  const cut = at > start ? at : line.indexOf(' ', width);
  if (cut === -1) return [line];
  const inner = further ?? ' '.repeat(Math.min(start + 4, 8));
  return [
    line.slice(0, cut).trimEnd(),
    ...foldLine(`${inner}${line.slice(cut).trimStart()}`, width, inner),
  ];
}

/**
 * A text as lines of at most 80 columns, broken between words; a longer word, or a command as for `fold`, keeps
 * its line.
 *
 * @param first what the first line begins with; the others begin with as many blanks
 */
export function wrap(text: string, first = '', width = WIDTH): string[] {
  const blank = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = '';
  for (const word of tied(text).split(/\s+/)) {
    if (line !== '' && first.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each, index) => `${index === 0 ? first : blank}${untied(each)}`);
}
