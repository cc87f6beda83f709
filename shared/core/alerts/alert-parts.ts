import type { AlertMessage } from '../messages.ts';

/** What an alert says, for channels that show more than lines. */
export type AlertParts = Readonly<{
  /** In one line. */
  title: string;
  /** Who says it, or what it concerns: a monitor, a run. */
  about: string | null;
  since: string | null;
  /** Days, and numbers against what is accepted; a line each. */
  lines: readonly string[];
  /** What to do: a command where there is one. */
  next: string | null;
}>;

export const LONGEST_LINE = 2000;
export const MOST_LINES = 50;
const LONGEST_TEXT = 20_000;
const CUT = '\n… cut; `phasegate status RUN` tells all of it';

/** The parts of an alert; of one that has none its first line and the others. */
export function partsOf({ run, text, parts }: AlertMessage): AlertParts {
  if (parts !== undefined) return parts;
  const [title = '', ...lines] = text.split('\n');
  return { title, about: run, since: null, lines, next: null };
}

/** As much of them as a message may hold. */
export function cutParts(parts: AlertParts): AlertParts {
  const cut = (text: string) => text.slice(0, LONGEST_LINE);
  const more = parts.lines.length - MOST_LINES;
  const lines = parts.lines.slice(0, more > 0 ? MOST_LINES - 1 : MOST_LINES).map(cut);
  return {
    title: cut(parts.title),
    about: parts.about,
    since: parts.since,
    lines: more > 0 ? [...lines, `and ${more + 1} more lines`] : lines,
    next: parts.next === null ? null : cut(parts.next),
  };
}

/** A text that the readers of alerts accept. */
export function cutText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT - CUT.length)}${CUT}`;
}
