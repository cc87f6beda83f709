import { MACRO_CATALOG } from './macros.ts';

/** A call of one of our macros. */
export function call(macro: string, ...args: string[]): string {
  return `${MACRO_CATALOG}.${macro}(${args.join(', ')})`;
}
