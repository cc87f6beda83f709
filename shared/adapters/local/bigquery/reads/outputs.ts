import { type Fields, isFields, kindOf, listOf, nameOf, opened } from '../translate/node.ts';
import type { Source } from './scope.ts';

/** One column of a SELECT's result. */
export type Output = Readonly<{
  /** In lower case; empty when it has none. */
  name: string;
  /** What it is computed from. */
  node: unknown;
  /** The source whose column it passes on as it is. */
  passes: Readonly<{ source: Source; column: string }> | null;
  isAlias: boolean;
}>;

export const lower = (identifier: unknown): string => nameOf(identifier).toLowerCase();

export function outputsOf(select: Fields, sources: readonly Source[]): readonly Output[] {
  return listOf(select.expressions).flatMap((node) => {
    const [kind, fields] = opened(node);
    if (kind === 'star') return starred(fields, sources);
    if (kind !== 'alias')
      return [outputOf(node, kind === 'column' ? lower(fields.name) : '', sources)];
    return [{ ...outputOf(fields.this, lower(fields.alias), sources), isAlias: true }];
  });
}

function outputOf(node: unknown, name: string, sources: readonly Source[]): Output {
  return { name, node, passes: passedOn(node, sources), isAlias: false };
}

function passedOn(node: unknown, sources: readonly Source[]): Output['passes'] {
  const [kind, fields] = opened(node);
  if (kind !== 'column') return null;
  const column = lower(fields.name);
  const qualifier = fields.table ? lower(fields.table) : null;
  const source = sources.find(
    ({ alias, columns }) => columns.includes(column) && (qualifier ?? alias) === alias,
  );
  return source ? { source, column } : null;
}

function starred(star: Fields, sources: readonly Source[]): readonly Output[] {
  const of = star.table ? lower(star.table) : null;
  const without = new Set(listOf(star.except).map(lower));
  const instead = new Map(
    listOf(star.replace).map((entry) => {
      const fields = isFields(entry) && kindOf(entry) === 'alias' ? opened(entry)[1] : entry;
      return isFields(fields) ? [lower(fields.alias), fields.this] : ['', null];
    }),
  );
  return sources
    .filter(({ alias }) => of === null || alias === of)
    .flatMap((source) =>
      source.columns
        .filter((column) => !without.has(column) && (of !== null || !source.merged.has(column)))
        .map((column) =>
          instead.has(column)
            ? outputOf(instead.get(column), column, sources)
            : {
                name: column,
                node: { column: { name: column, table: source.alias } },
                passes: { source, column },
                isAlias: false,
              },
        ),
    );
}
