/** Cells that no story can visit, each with its reason. A cell that was visited must not stand here. */
export const IMPOSSIBLE_CELLS: Readonly<Record<string, string>> = {};
