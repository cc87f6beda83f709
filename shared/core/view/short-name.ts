/** A table's name without its dataset. */
export function shortName(table: string): string {
  return table.slice(table.indexOf('.') + 1);
}
