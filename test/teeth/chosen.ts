import type { PlantedBug } from './planted-bug.ts';

/** As the command line has it. */
export type Choice = Readonly<{ only: string; every: string; offset: string }>;

/** The bugs whose name holds `only`, and of these each `every`-th after the first `offset`; or what is wrong with the choice. */
export function chosenOf(
  bugs: readonly PlantedBug[],
  { only, every, offset }: Choice,
): readonly PlantedBug[] | string {
  if (!/^[1-9]\d*$/.test(every)) return `--every ${every}: accepted: a whole number from 1 on`;
  if (!/^\d+$/.test(offset)) return `--offset ${offset}: accepted: a whole number from 0 on`;
  const named = bugs.filter(({ name }) => name.includes(only));
  if (named.length === 0) {
    const names = bugs.map(({ name }) => `\n  ${name}`).join('');
    return `--only ${only}: no planted bug has that in its name; accepted: a part of one of${names}`;
  }
  const found = named.slice(Number(offset)).filter((_, index) => index % Number(every) === 0);
  if (found.length > 0) return found;
  return `--offset ${offset} leaves none of ${named.length} bugs; accepted: 0 to ${named.length - 1}`;
}
