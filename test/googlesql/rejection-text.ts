import type { Analysis } from './analyzer.ts';

const EXCERPT_CHARACTERS = 100;

/** Where, why, and the text around the place. */
export function rejectionText(
  name: string,
  sql: string,
  { line, column, reason }: Extract<Analysis, { accepted: false }>,
): string {
  const text = sql.split('\n')[line - 1] ?? '';
  const from = Math.max(0, column - 1 - EXCERPT_CHARACTERS / 2);
  const excerpt = text.slice(from, from + EXCERPT_CHARACTERS).trim();
  return `${name} rejected at ${line}:${column}: ${reason}\n    ${excerpt}`;
}
