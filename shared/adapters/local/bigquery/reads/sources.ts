import { nameIn, type Relation } from '../relations.ts';
import { tablePath } from '../translate/from.ts';
import { type Fields, isFields, listOf, opened } from '../translate/node.ts';
import { lower } from './outputs.ts';
import { namesOf, type Place, readQuery } from './read-query.ts';
import type { Source } from './scope.ts';

const PARTITION_COLUMNS = ['table_name', 'partition_id', 'total_rows', 'last_modified_time'];

/** What stands in the FROM of a SELECT, joins included, in order. */
export function sourcesOf(select: Fields, place: Place): readonly Source[] {
  const first = listOf(isFields(select.from) ? select.from.expressions : []);
  return joined(
    first.flatMap((node) => sourcesIn(node, place)),
    select.joins,
    place,
  );
}

/** A condition limits the sides that an outer join does not keep whatever it says. */
function joined(before: readonly Source[], joins: unknown, place: Place): readonly Source[] {
  let sources = before;
  for (const join of listOf(joins)) {
    if (!isFields(join)) continue;
    const using = listOf(join.using).map(lower);
    const added = sourcesIn(join.this, place).map((source) => ({
      ...source,
      merged: new Set([...source.merged, ...using]),
    }));
    const kind = String(join.kind);
    if (join.on && /^(Inner|Cross|Right)$/.test(kind))
      for (const { on } of sources) on.push(join.on);
    if (join.on && /^(Inner|Cross|Left)$/.test(kind)) for (const { on } of added) on.push(join.on);
    sources = [...sources, ...added];
  }
  return sources;
}

function sourcesIn(node: unknown, place: Place): readonly Source[] {
  const [kind, fields] = opened(node);
  const alias = fields.alias ? lower(fields.alias) : null;
  switch (kind) {
    case 'table':
      return [named(tablePath(fields), alias, place)];
    case 'subquery':
      return [queried(fields.this, place, alias ?? '')];
    case 'joined_table':
      return joined(sourcesIn(fields.left, place), fields.joins, place);
    default:
      return [source(alias ?? '', [alias ?? ''], () => undefined)];
  }
}

function named(path: readonly string[], given: string | null, place: Place): Source {
  const own = (path.at(-1) ?? '').toLowerCase();
  const common = path.length === 1 ? place.commonTables.get(own) : undefined;
  if (common) return queried(common.query, common.place, given ?? own);
  const relation = place.relations.get(nameIn(path));
  return relation
    ? related(relation, given ?? own, place)
    : source(given ?? own, [], () => undefined);
}

function related(relation: Relation, alias: string, place: Place): Source {
  switch (relation.kind) {
    case 'view':
      return queried(
        relation.statement,
        { ...place, commonTables: new Map(), parameters: [] },
        alias,
      );
    case 'partitions':
      return source(alias, PARTITION_COLUMNS, () => place.readsPartitions(relation.dataset));
    case 'table': {
      const names = relation.fields.map(({ name }) => name.toLowerCase());
      const dayColumn = relation.partitioning?.dayColumn.toLowerCase();
      return source(alias, names, (columns, days) =>
        place.reads(relation, columns, dayColumn === undefined ? null : days(dayColumn)),
      );
    }
  }
}

function queried(query: unknown, where: Place, alias: string): Source {
  const place = { ...where, outer: null };
  const names = namesOf(query, place);
  return source(alias, names, (columns, days) => {
    const wanted = new Set(names.keys().filter((index) => columns.has(names[index] ?? '')));
    readQuery(query, place, wanted, (index) => days(names[index] ?? ''));
  });
}

function source(alias: string, columns: readonly string[], read: Source['read']): Source {
  return { alias, columns, on: [], merged: new Set(), read };
}
