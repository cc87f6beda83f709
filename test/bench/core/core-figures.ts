import type { Figures } from '../figures.ts';
import { burstFigures } from './burst.ts';
import { decideFigures } from './decide-figures.ts';
import { handOverFigures } from './hand-over.ts';
import { runsPageFigures } from './runs-page.ts';

export type CoreBench = Readonly<{
  /** Where to work: its file system is the one that is measured. */
  directory: string;
  isSmall: boolean;
}>;

/** What runs cost beside their jobs and gates: in transactions, against the disk alone, and in judgement. */
export async function coreFigures(
  { directory, isSmall }: CoreBench,
  figures: Figures,
): Promise<void> {
  await handOverFigures(
    {
      directory,
      handOvers: isSmall ? 30 : 300,
      waves: isSmall ? 3 : 15,
      isBounded: !isSmall,
    },
    figures,
  );
  await decideFigures(isSmall ? 5 : 25, !isSmall, figures);
  await burstFigures(directory, figures);
  await runsPageFigures({ directory, rounds: isSmall ? 5 : 30, isBounded: !isSmall }, figures);
}
