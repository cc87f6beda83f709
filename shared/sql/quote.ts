import type { TableName } from '../core/ids.ts';

/** A table as GoogleSQL writes it. The name was parsed, so it holds no quote. */
export function quoteTable(table: TableName): string {
  return `\`${table}\``;
}

export function quoteColumn(column: string): string {
  return `\`${column}\``;
}
