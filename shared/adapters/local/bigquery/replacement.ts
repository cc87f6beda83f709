import { checkedName } from './catalog.ts';
import { tablePath } from './translate/from.ts';
import {
  type Fields,
  isFields,
  kindOf,
  listOf,
  nameOf,
  only,
  opened,
  refused,
} from './translate/node.ts';

/** The one write the local warehouse runs: rows of some days, or all, replaced by a query's. */
export type Replacement = Readonly<{
  target: readonly string[];
  /** The SELECT, as a syntax node. */
  query: unknown;
  /** Names of the parameters that bound the days deleted; null replaces the whole table. */
  days: Readonly<{ column: string; from: string; to: string }> | null;
  assignments: readonly Readonly<{ column: string; value: string }>[];
}>;

const SHAPE =
  'MERGE `ds.t` AS t USING (SELECT …) AS s ON FALSE WHEN NOT MATCHED BY SOURCE [AND t.day BETWEEN @from AND @to] THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT (a, b) VALUES (s.a, s.b)';

/** @throws PhasegateError `invalid-query` for a MERGE of any other shape */
export function replacementOf(statement: unknown): Replacement {
  const [kind, merge] = opened(statement);
  if (kind !== 'merge') throw otherShape(`a ${kind.replaceAll('_', ' ').toUpperCase()} statement`);
  only('MERGE', merge, 'this', 'using', 'on', 'whens');
  const [target, alias] = aliased(merge.this);
  const [tableKind, table] = opened(target);
  const [sourceKind, source] = opened(merge.using);
  if (tableKind !== 'table' || alias === null)
    throw otherShape('a MERGE without an alias of its table');
  only('a table', table, 'name', 'schema', 'catalog');
  if (sourceKind !== 'subquery' || !source.alias)
    throw otherShape('a MERGE of anything but a subquery');
  only('a subquery', source, 'this', 'alias');
  if (!isFalse(merge.on)) throw otherShape('a MERGE that is not ON FALSE');
  const [removal, insertion, ...more] = whens(merge.whens);
  if (removal === undefined || insertion === undefined || more.length > 0) {
    throw otherShape('a MERGE without exactly one DELETE and one INSERT');
  }
  return {
    target: tablePath(table),
    query: source.this,
    days: daysOf(removal, alias),
    assignments: assignmentsOf(insertion, nameOf(source.alias)),
  };
}

function whens(node: unknown): readonly Fields[] {
  const [, fields] = opened(isFields(node) && 'whens' in node ? node : {});
  const [, holder] = opened({ whens: isFields(fields.whens) ? fields.whens : fields });
  const listed = isFields(holder.expressions) ? holder.expressions : holder;
  return listOf(listed.expressions).map((when) => {
    const [kind, content] = opened(when);
    if (kind !== 'when' || !isFalse(content.matched)) throw otherShape('a MERGE with WHEN MATCHED');
    return only('WHEN', content, 'matched', 'source', 'condition', 'then');
  });
}

function daysOf(when: Fields, alias: string): Replacement['days'] {
  const [action, fields] = opened(when.then);
  const isDelete = action === 'var' && String(fields.this).toUpperCase() === 'DELETE';
  if (!isDelete || isFalse(when.source))
    throw otherShape('a MERGE whose first WHEN is not BY SOURCE … DELETE');
  if (!when.condition) return null;
  const [kind, between] = opened(when.condition);
  if (kind !== 'between' || between.not === true)
    throw otherShape('a DELETE with another condition than BETWEEN');
  const [, column] = opened(between.this);
  if (!column.table || nameOf(column.table) !== alias)
    throw otherShape('a BETWEEN on anything but t.day');
  return {
    column: checkedName(nameOf(column.name), 'column'),
    from: parameterOf(between.low),
    to: parameterOf(between.high),
  };
}

function assignmentsOf(when: Fields, alias: string): Replacement['assignments'] {
  const [kind, then] = opened(when.then);
  const [action, names, values] = listOf(then.expressions);
  const isInsert =
    kind === 'tuple' && kindOf(action) === 'var' && nameOf(opened(action)[1]) === 'INSERT';
  if (!isInsert || !isFalse(when.source) || when.condition) {
    throw otherShape('a MERGE whose second WHEN is not BY TARGET … INSERT (…) VALUES (…)');
  }
  const columns = listOf(opened(names)[1].expressions).map((name) =>
    nameOf(opened(name)[1].name ?? opened(name)[1]),
  );
  const sources = listOf(opened(values)[1].expressions).map((value) => {
    const [valueKind, column] = opened(value);
    const isPlain = valueKind === 'column' && column.table && nameOf(column.table) === alias;
    if (!isPlain) throw otherShape('an INSERT of anything but s.column');
    return checkedName(nameOf(column.name), 'column');
  });
  if (columns.length === 0 || columns.length !== sources.length)
    throw otherShape('an INSERT with unequal lists');
  return columns.map((column, index) => ({
    column: checkedName(column, 'column'),
    value: sources[index] ?? '',
  }));
}

function parameterOf(node: unknown): string {
  const [kind, column] = opened(node);
  const name = kind === 'column' ? nameOf(column.name) : '';
  if (!/^@[A-Za-z_]\w*$/.test(name)) throw otherShape('a BETWEEN of anything but two parameters');
  return name.slice(1);
}

function aliased(node: unknown): readonly [node: unknown, alias: string | null] {
  const [kind, fields] = opened(node);
  if (kind === 'alias') return [fields.this, nameOf(fields.alias)];
  const alias = fields.alias ? nameOf(fields.alias) : null;
  return [{ [kind]: { ...fields, alias: null } }, alias];
}

function isFalse(node: unknown): boolean {
  return kindOf(node) === 'boolean' && opened(node)[1].value !== true;
}

function otherShape(what: string): Error {
  return refused(what, `a write has this shape: ${SHAPE}`);
}
