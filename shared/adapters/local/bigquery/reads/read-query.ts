import { type DayRange, dayFilter, intersection } from '../day-filter.ts';
import type { QueryParameter } from '../parameters.ts';
import type { Relations, StoredTable } from '../relations.ts';
import { type Fields, isFields, listOf, opened } from '../translate/node.ts';
import { contains, names, ordinal } from './mentions.ts';
import { lower, type Output, outputsOf } from './outputs.ts';
import { type Scope, scopeOf, see } from './scope.ts';
import { sourcesOf } from './sources.ts';

/** Where a query stands: which names mean what, and who is told of the tables it reads. */
export type Place = Readonly<{
  relations: Relations;
  parameters: readonly QueryParameter[];
  commonTables: ReadonlyMap<string, Readonly<{ query: unknown; place: Place }>>;
  outer: Scope | null;
  /** Names of results that were worked out before, by the query's node. */
  known: Map<unknown, readonly string[]>;
  reads: (
    table: StoredTable,
    columns: ReadonlySet<string>,
    days: readonly DayRange[] | null,
  ) => void;
  readsPartitions: (dataset: string) => void;
}>;

/** Places of a result's columns. */
export type Wanted = ReadonlySet<number> | 'all';
/** The days to which a reader of a result limits one of its columns; null when it does not. */
export type Limits = (index: number) => readonly DayRange[] | null;

export const NO_LIMITS: Limits = () => null;

/** The names of a query's result, in order and in lower case. */
export function namesOf(query: unknown, place: Place): readonly string[] {
  const names = place.known.get(query) ?? namesIn(query, place);
  place.known.set(query, names);
  return names;
}

function namesIn(query: unknown, place: Place): readonly string[] {
  const [kind, fields] = opened(query);
  const inside = withCommonTables(fields, place);
  if (kind === 'subquery') return namesOf(fields.this, inside);
  if (kind !== 'select') return namesOf(fields.left, inside);
  return outputsOf(fields, sourcesOf(fields, inside)).map(({ name }) => name);
}

/**
 * Tells of every table that a query must read to give the columns wanted of it: which columns, on
 * which days. Columns of a subquery that nobody above asks for are not read.
 */
export function readQuery(query: unknown, place: Place, wanted: Wanted, limits: Limits): void {
  const [kind, fields] = opened(query);
  if (kind === 'select') {
    readSelect(fields, place, wanted, limits);
    return;
  }
  const inside = withCommonTables(fields, place);
  const isCut = Boolean(fields.limit || fields.offset);
  const ordered = orderedBy(fields, () => namesOf(query, place), wanted);
  const passed = isCut ? NO_LIMITS : limits;
  if (kind === 'subquery') {
    readQuery(fields.this, inside, ordered, passed);
    return;
  }
  const isBag = kind === 'union' && fields.all === true;
  for (const side of [fields.left, fields.right]) {
    readQuery(side, inside, isBag ? ordered : 'all', kind === 'union' ? passed : NO_LIMITS);
  }
}

function readSelect(fields: Fields, place: Place, wanted: Wanted, limits: Limits): void {
  const inside = withCommonTables(fields, place);
  const sources = sourcesOf(fields, inside);
  const scope = scopeOf(sources, place.outer);
  const outputs = outputsOf(fields, sources);
  const seeIn = (node: unknown) => look(node, scope, inside);
  const asked = new Set<Output>(
    outputs.filter((_, index) => wanted === 'all' || wanted.has(index) || fields.distinct === true),
  );
  const grouping = isFields(fields.group_by) ? fields.group_by : {};
  const ordering = isFields(fields.order_by) ? listOf(fields.order_by.expressions) : [];
  const terms = [
    ...listOf(grouping.expressions),
    ...ordering.map((term) => (isFields(term) ? term.this : term)),
  ];
  for (const term of terms) {
    const own = outputNamed(term, outputs);
    if (own) asked.add(own);
    else seeIn(term);
  }
  for (const node of [fields.having, fields.qualify]) {
    for (const output of outputs) if (output.isAlias && names(node, output.name)) asked.add(output);
  }
  for (const output of grouping.all === true ? outputs : asked) seeIn(output.node);
  seeIn([fields.where_clause, fields.having, fields.qualify, fields.windows]);
  for (const join of listOf(fields.joins)) seeInJoin(join, seeIn);
  for (const source of listOf(isFields(fields.from) ? fields.from.expressions : [])) {
    seeInJoin({ this: source }, seeIn);
  }
  for (const [index, { merged }] of sources.entries()) {
    for (const source of sources.slice(0, index + 1)) {
      for (const column of merged) scope.seen.get(source)?.add(column);
    }
  }
  const where = isFields(fields.where_clause) ? [fields.where_clause.this] : [];
  const passed = isCut(fields, outputs) ? NO_LIMITS : limits;
  for (const source of sources) {
    source.read(scope.seen.get(source) ?? new Set(), (column) => {
      const given = outputs.map(({ passes }, index) =>
        passes?.source === source && passes.column === column ? passed(index) : null,
      );
      const conditions = [...where, ...source.on];
      const own = dayFilter(conditions, source.alias, column, place.parameters);
      const all = [own, ...given].filter((days) => days !== null);
      return all.length === 0 ? null : all.reduce(intersection);
    });
  }
}

/** What expressions name, down into the queries that stand in them. */
function look(node: unknown, scope: Scope, place: Place): void {
  if (Array.isArray(node)) for (const each of node) look(each, scope, place);
  if (!isFields(node)) return;
  for (const [kind, value] of Object.entries(node)) {
    if (kind === 'column' && isFields(value)) {
      see(scope, lower(value.name), value.table ? lower(value.table) : null);
    } else if (/^(select|union|except|intersect|subquery)$/.test(kind) && isFields(value)) {
      readQuery({ [kind]: value }, { ...place, outer: scope }, 'all', NO_LIMITS);
    } else if (kind === 'exists' && isFields(value)) {
      readQuery(value.this, { ...place, outer: scope }, new Set(), NO_LIMITS);
    } else look(value, scope, place);
  }
}

/** ON and UNNEST stand between the sources; subqueries in FROM are sources themselves. */
function seeInJoin(join: unknown, seeIn: (node: unknown) => void): void {
  if (!isFields(join)) return;
  seeIn(join.on);
  const [kind, fields] = opened(join.this);
  if (kind === 'unnest') seeIn(fields.this);
  if (kind === 'alias') seeInJoin({ this: fields.this }, seeIn);
  if (kind !== 'joined_table') return;
  seeInJoin({ this: fields.left }, seeIn);
  for (const inner of listOf(fields.joins)) seeInJoin(inner, seeIn);
}

function withCommonTables(fields: Fields, place: Place): Place {
  if (!isFields(fields.with)) return place;
  let inside = place;
  for (const entry of listOf(fields.with.ctes)) {
    if (!isFields(entry)) continue;
    const named = { query: entry.this, place: inside };
    const commonTables = new Map(inside.commonTables).set(lower(entry.alias), named);
    inside = { ...inside, commonTables };
  }
  return inside;
}

/** A day asked for above may not be pushed below what looks at neighbouring rows or cuts them off. */
function isCut(fields: Fields, outputs: readonly Output[]): boolean {
  const isWindowed = outputs.some(({ node }) => contains(node, 'window_function'));
  return isWindowed || Boolean(fields.limit || fields.offset || fields.qualify);
}

function orderedBy(fields: Fields, all: () => readonly string[], wanted: Wanted): Wanted {
  if (wanted === 'all' || !isFields(fields.order_by)) return wanted;
  const outputs = all();
  const terms = fields.order_by.expressions;
  return new Set([
    ...wanted,
    ...outputs.keys().filter((index) => names(terms, outputs[index] ?? '')),
    ...listOf(terms).flatMap((term) => (isFields(term) ? [ordinal(term.this)] : [])),
  ]);
}

function outputNamed(term: unknown, outputs: readonly Output[]): Output | undefined {
  const [kind, fields] = opened(term);
  if (kind === 'literal') return outputs[ordinal(term)];
  if (kind !== 'column' || fields.table) return undefined;
  return outputs.find(({ name, isAlias }) => isAlias && name === lower(fields.name));
}
