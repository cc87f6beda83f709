import { isFields, kindOf, opened } from '../translate/node.ts';
import { lower } from './outputs.ts';

/** The place, from 0, that `ORDER BY 2` means; a place that no result has for anything else. */
export function ordinal(node: unknown): number {
  const [kind, { value }] = opened(node);
  return kind === 'literal' ? Number(value) - 1 : -1;
}

/** Whether an expression names a column, of whatever source. */
export function names(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((each) => names(each, name));
  if (!isFields(node)) return false;
  if (isFields(node.column) && lower(node.column.name) === name) return true;
  return Object.values(node).some((each) => names(each, name));
}

export function contains(node: unknown, kind: string): boolean {
  if (Array.isArray(node)) return node.some((each) => contains(each, kind));
  return (
    isFields(node) &&
    (kindOf(node) === kind || Object.values(node).some((each) => contains(each, kind)))
  );
}
