type Node = Readonly<Record<string, unknown>>;

/** Whose value hangs on a column: another column's id, or null for the statement's own rows. */
type Owner = string | null;

/** Table names and the columns read of each, both sorted. */
export type ColumnsRead = ReadonlyMap<string, readonly string[]>;

const UNION_ALL = 0;

/**
 * The columns whose values a resolved statement needs, by table. A column that a `*` or a WITH query
 * mentions and nothing uses later is left out, as BigQuery leaves it out of the bytes it reads. A
 * table of which only rows are counted is there without columns. Of a MERGE's target there are the
 * columns that its conditions mention. Rows of a subquery under EXISTS count with their columns.
 *
 * @param tableNames by serialization id, the first being 1
 */
export function columnsRead(statement: unknown, tableNames: readonly string[]): ColumnsRead {
  const { tables, columns, uses } = gathered(statement, tableNames);
  const needed = new Set<string>();
  const pending: Owner[] = [null];
  for (let owner = pending.pop(); owner !== undefined; owner = pending.pop()) {
    for (const id of uses.get(owner) ?? []) {
      if (needed.has(id)) continue;
      needed.add(id);
      pending.push(id);
    }
  }
  const found = new Map([...tables].sort().map((table) => [table, new Set<string>()]));
  for (const id of needed) {
    const column = columns.get(id);
    if (column !== undefined) found.get(column.table)?.add(column.name);
  }
  return new Map([...found].map(([table, names]) => [table, [...names].sort()]));
}

/** One walk over the tree. Nodes are told by the fields they have: the protocol wraps some and others not. */
function gathered(statement: unknown, tableNames: readonly string[]) {
  const tables = new Set<string>();
  const columns = new Map<string, Readonly<{ table: string; name: string }>>();
  const uses = new Map<Owner, Set<string>>();
  const queries = new Map<unknown, readonly string[]>();
  const use = (owner: Owner, ids: readonly string[]) => {
    const known = uses.get(owner) ?? new Set();
    for (const id of ids) known.add(id);
    uses.set(owner, known);
  };
  const link = (to: readonly string[], from: readonly string[]) => {
    for (const [index, id] of to.entries()) use(id, from.slice(index, index + 1));
  };

  const walk = (value: unknown, owner: Owner): void => {
    if (Array.isArray(value)) for (const each of value) walk(each, owner);
    const node = nodeOf(value);
    if (node === null) return;
    if ('columnIndexList' in node) {
      const table = tableNames[Number(String(nodeOf(node.table)?.serializationId)) - 1];
      if (table === undefined) throw new Error('a table of the resolved statement is not ours');
      tables.add(table);
      for (const column of listOf(nodeOf(node.parent)?.columnList)) {
        columns.set(idOf(column), { table, name: String(column.name) });
      }
    } else if ('isCorrelated' in node && 'column' in node) {
      use(owner, [idOf(nodeOf(node.column))]);
    } else if ('outputColumnList' in node && 'query' in node) {
      use(
        null,
        listOf(node.outputColumnList).map(({ column }) => idOf(nodeOf(column))),
      );
    } else if ('withSubquery' in node) {
      queries.set(node.withQueryName, outputOf(node.withSubquery));
    } else if ('withQueryName' in node) {
      link(columnIds(nodeOf(node.parent)), queries.get(node.withQueryName) ?? []);
    } else if ('subqueryType' in node) {
      use(owner, outputOf(node.subquery));
    } else if ('inputItemList' in node) {
      for (const item of listOf(node.inputItemList)) {
        const inputs = listOf(item.outputColumnList).map(idOf);
        link(columnIds(nodeOf(node.parent)), inputs);
        if (node.opType !== UNION_ALL) use(owner, inputs);
      }
    } else if ('groupByList' in node) {
      use(
        owner,
        listOf(node.groupByList).map(({ column }) => idOf(nodeOf(column))),
      );
    } else if ('analyticFunctionList' in node) {
      for (const { column } of listOf(node.analyticFunctionList)) {
        walk([node.partitionBy, node.orderBy], idOf(nodeOf(column)));
      }
      walk(node.analyticFunctionList, owner);
      return;
    }
    const computed = 'expr' in node && nodeOf(node.column)?.columnId !== undefined;
    const next = computed ? idOf(nodeOf(node.column)) : owner;
    for (const each of Object.values(node)) walk(each, next);
  };
  walk(statement, null);
  return { tables, columns, uses };
}

/** The columns a scan puts out: those of its own node, however deep the protocol nests its parents. */
function outputOf(scan: unknown): readonly string[] {
  for (let node = nodeOf(scan); node !== null; ) {
    if ('columnList' in node) return columnIds(node);
    const kind = node.node ?? Object.keys(node).find((key) => /^resolved\w+Node$/.test(key));
    node = nodeOf(node.parent ?? node[String(kind)]);
  }
  throw new Error('a scan of the resolved statement has no columns');
}

function columnIds(node: Node | null): readonly string[] {
  return listOf(node?.columnList).map(idOf);
}

function idOf(column: Node | null): string {
  if (column?.columnId === undefined) throw new Error('a resolved column has no id');
  return String(column.columnId);
}

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value : [];
}

function nodeOf(value: unknown): Node | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Node)
    : null;
}
