import { Dialect, parse } from '@polyglot-sql/sdk';
import { PhasegateError } from '../../../../core/errors.ts';
import { aggregates, plainCounts } from './aggregates.ts';
import { casts } from './casts.ts';
import { dateNodes } from './dates.ts';
import { functions } from './functions.ts';
import { literals } from './literals.ts';
import { isFields, only, opened, type Renderer, type Rendering, refused } from './node.ts';
import { operators } from './operators.ts';
import { queryText } from './query.ts';
import { windows } from './windows.ts';

/** What is not in this table is refused: the allow-list of the local warehouse, by syntax node. */
const EXPRESSIONS: Readonly<Record<string, Renderer>> = {
  ...operators,
  ...literals,
  ...casts,
  ...functions,
  ...dateNodes,
  ...aggregates,
  ...plainCounts,
  ...windows,
};

export type Translated = Readonly<{
  /** DuckDB's text; parameters as `$name`. */
  sql: string;
  parameters: ReadonlySet<string>;
  /** The tables it names, as it writes them; never its own common tables. */
  scans: readonly (readonly string[])[];
}>;

export type Naming = Readonly<{
  /** DuckDB's text for a table; throws `not-found` or `invalid-query`. */
  table: (path: readonly string[]) => string;
  /** DuckDB's text for `@name`; throws when the caller gave no such parameter. */
  parameter: (name: string) => string;
}>;

/** A job sends one text for each of its chunks, and a query comes twice: to be tried and to be run. */
const KEPT_TREES = 32;
const trees = new Map<string, unknown>();

/** The one statement of a text, as polyglot's syntax tree; nobody changes it. */
export function parseStatement(sql: string): unknown {
  const tree = trees.get(sql) ?? parsed(sql);
  trees.delete(sql);
  trees.set(sql, tree);
  const [oldest] = trees.keys();
  if (trees.size > KEPT_TREES && oldest !== undefined) trees.delete(oldest);
  return tree;
}

function parsed(sql: string): unknown {
  const result = parse(sql, Dialect.BigQuery);
  if (!result.success) throw new PhasegateError('invalid-query', `Syntax error: ${result.error}`);
  const statements: unknown = result.ast;
  if (!Array.isArray(statements) || statements.length !== 1) {
    throw refused('several statements at once', 'send one');
  }
  return withoutRemarks(statements[0]);
}

/** The parser wraps an expression that a comment follows in a node of its own. */
function withoutRemarks(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutRemarks);
  if (!isFields(node)) return node;
  if (isFields(node.annotated)) {
    return withoutRemarks(only('a comment', node.annotated, 'this').this);
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withoutRemarks(value)]),
  );
}

/**
 * One GoogleSQL query as DuckDB text with the same meaning.
 *
 * @throws PhasegateError `invalid-query` naming the first construct that is not on the allow-list
 */
export function translateQuery(statement: unknown, naming: Naming): Translated {
  const commonTables = new Set<string>();
  const parameters = new Set<string>();
  const scans: (readonly string[])[] = [];
  const to: Rendering = {
    expression: (node) => {
      const [kind, fields] = opened(node);
      const render = EXPRESSIONS[kind];
      if (render === undefined) throw refused(kind.replaceAll('_', ' ').toUpperCase());
      return render(fields, to);
    },
    query: (node) => queryText(node, to),
    parameter: (name) => {
      parameters.add(name);
      return naming.parameter(name);
    },
    table: (path) => {
      const [name] = path;
      if (path.length === 1 && name !== undefined && commonTables.has(name.toLowerCase())) {
        return `"${name.replaceAll('"', '""')}"`;
      }
      scans.push(path);
      return naming.table(path);
    },
    nameCommonTable: (name) => void commonTables.add(name.toLowerCase()),
  };
  return { sql: to.query(statement), parameters, scans };
}
