import { allCells } from './coverage.ts';
import { IMPOSSIBLE_CELLS } from './impossible-cells.ts';

export type CellVerdict = Readonly<{
  visited: number;
  impossible: number;
  /** Neither visited nor said to be impossible. */
  missing: readonly string[];
  /** Said to be impossible, and visited; or no cell at all. */
  wrong: readonly string[];
}>;

export function judgeCells(cells: ReadonlyMap<string, number>): CellVerdict {
  const all = allCells();
  const isKnown = new Set(all);
  return {
    visited: all.filter((cell) => cells.has(cell)).length,
    impossible: Object.keys(IMPOSSIBLE_CELLS).length,
    missing: all.filter((cell) => !cells.has(cell) && !(cell in IMPOSSIBLE_CELLS)),
    wrong: [
      ...Object.keys(IMPOSSIBLE_CELLS).filter((cell) => cells.has(cell) || !isKnown.has(cell)),
      ...[...cells.keys()].filter((cell) => !isKnown.has(cell)),
    ],
  };
}
