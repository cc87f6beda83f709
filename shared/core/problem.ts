/** Something wrong with a pipeline: where (a path into the file), and what would be accepted. */
export type Problem = Readonly<{ path: readonly (string | number)[]; message: string }>;

export function unknownColumns(
  columns: readonly { name: string }[],
  wanted: readonly string[],
): readonly string[] {
  const names = new Set(columns.map((column) => column.name));
  return [...new Set(wanted)]
    .filter((column) => !names.has(column))
    .map((column) => `column ${column} is not among its columns: ${[...names].join(', ')}`);
}

export function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
