import type { Output } from './output.ts';

const PATIENCE_MS = 2000;

/** Tells which relation was read: at once on a terminal, elsewhere only when reading takes longer than two seconds. */
export function progressOn(
  output: Pick<Output, 'draw' | 'note'>,
  clock: () => number = Date.now,
): (relation: string, read: number, of: number) => void {
  const started = clock();
  const held: string[] = [];
  return (relation, read, of) => {
    held.push(`read ${relation} (${read} of ${of})`);
    if (output.draw === null && clock() - started < PATIENCE_MS) return;
    for (const line of held.splice(0)) output.note(line);
  };
}
