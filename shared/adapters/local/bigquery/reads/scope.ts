import type { DayRange } from '../day-filter.ts';

/** The days a reader of a column is limited to; null when nothing limits them. */
export type DaysOf = (column: string) => readonly DayRange[] | null;

/** One thing in FROM. Its columns are in lower case, as is everything a scope compares. */
export type Source = Readonly<{
  alias: string;
  columns: readonly string[];
  /** Conditions of joins that hold for every row of it that is used. */
  on: unknown[];
  /** Columns that a join with USING merged into those of the sources before it. */
  merged: ReadonlySet<string>;
  read: (columns: ReadonlySet<string>, days: DaysOf) => void;
}>;

/** The sources of one SELECT, and which columns of each were seen so far. */
export type Scope = Readonly<{
  sources: readonly Source[];
  seen: ReadonlyMap<Source, Set<string>>;
  outer: Scope | null;
}>;

export function scopeOf(sources: readonly Source[], outer: Scope | null): Scope {
  return { sources, seen: new Map(sources.map((source) => [source, new Set()])), outer };
}

/** Notes a column that an expression names; one that no source has is left to the engine to refuse. */
export function see(scope: Scope | null, name: string, qualifier: string | null): void {
  if (scope === null) return;
  for (const source of scope.sources) {
    const seen = scope.seen.get(source);
    if (qualifier !== null && qualifier === source.alias) {
      seen?.add(source.columns.includes(name) ? name : source.alias);
      return;
    }
    if (qualifier === null && source.columns.includes(name)) {
      seen?.add(name);
      return;
    }
  }
  // `s.field` of a column s, or a whole row by its alias.
  const whole = scope.sources.find(({ alias }) => alias === name);
  if (qualifier === null && whole) {
    for (const column of whole.columns) scope.seen.get(whole)?.add(column);
  } else if (
    qualifier !== null &&
    scope.sources.some(({ columns }) => columns.includes(qualifier))
  ) {
    see(scope, qualifier, null);
  } else {
    see(scope.outer, name, qualifier);
  }
}
