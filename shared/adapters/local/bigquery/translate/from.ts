import {
  type Fields,
  isFields,
  listOf,
  nameOf,
  only,
  opened,
  quoted,
  type Rendering,
  refused,
} from './node.ts';

const JOINS: Readonly<Record<string, string>> = {
  Inner: 'JOIN',
  Left: 'LEFT JOIN',
  Right: 'RIGHT JOIN',
  Full: 'FULL JOIN',
  Cross: 'CROSS JOIN',
};

export function fromClause(select: Fields, to: Rendering): string {
  if (!isFields(select.from)) return '';
  const sources = listOf(only('FROM', select.from, 'expressions').expressions);
  return `FROM ${sources.map((source) => sourceText(source, to)).join(' CROSS JOIN ')}${joinsText(select.joins, to)}`;
}

function joinsText(joins: unknown, to: Rendering): string {
  return listOf(joins)
    .map((join) => ` ${joinText(join, to)}`)
    .join('');
}

function joinText(join: unknown, to: Rendering): string {
  if (!isFields(join)) throw refused('a JOIN');
  const { this: source, on, using, kind } = only('JOIN', join, 'this', 'on', 'using', 'kind');
  const keyword = JOINS[String(kind)];
  if (keyword === undefined) throw refused(`a ${String(kind).toUpperCase()} JOIN`);
  const text = `${keyword} ${sourceText(source, to)}`;
  if (on) return `${text} ON ${to.expression(on)}`;
  const columns = listOf(using);
  if (columns.length > 0) return `${text} USING (${columns.map(quoted).join(', ')})`;
  if (kind === 'Cross') return text;
  if (kind === 'Left' && isUnnest(source)) return `${text} ON TRUE`;
  throw refused(`a ${keyword} without ON or USING`);
}

function sourceText(node: unknown, to: Rendering): string {
  const [kind, fields] = opened(node);
  switch (kind) {
    case 'table': {
      only('a table', fields, 'name', 'schema', 'catalog', 'alias');
      const path = tablePath(fields);
      const own = path.at(-1) ?? '';
      // The parser gives an INFORMATION_SCHEMA view its whole path as alias.
      const isInvented = fields.alias && nameOf(fields.alias) === nameOf(fields.name);
      const alias = fields.alias && !isInvented ? nameOf(fields.alias) : null;
      return `${to.table(path)} AS ${quoted(alias ?? own)}`;
    }
    case 'subquery': {
      const { this: query, alias } = only('a subquery', fields, 'this', 'alias');
      return `(${to.query(query)})${alias ? ` AS ${quoted(alias)}` : ''}`;
    }
    case 'joined_table': {
      const { left, joins, alias } = only(
        'a join in parentheses',
        fields,
        'left',
        'joins',
        'alias',
      );
      if (alias) throw refused('an alias of a join in parentheses');
      return `(${sourceText(left, to)}${joinsText(joins, to)})`;
    }
    case 'unnest':
      return unnestText(fields, fields.alias, to);
    case 'alias': {
      const { this: inner, alias } = only('AS', fields, 'this', 'alias');
      const [innerKind, content] = opened(inner);
      if (innerKind !== 'unnest') throw refused(`${innerKind.toUpperCase()} in FROM`);
      return unnestText(content, alias, to);
    }
    default:
      throw refused(`${kind.replaceAll('_', ' ').toUpperCase()} in FROM`);
  }
}

/** `UNNEST(array) AS x`: x is the element itself. */
function unnestText(fields: Fields, alias: unknown, to: Rendering): string {
  if (fields.with_ordinality || fields.offset_alias) throw refused('UNNEST WITH OFFSET');
  const { this: array } = only('UNNEST', fields, 'this', 'alias');
  const name = alias ? nameOf(alias) : '_unnamed';
  return `UNNEST(${to.expression(array)}) AS ${quoted(`_of_${name}`)}(${quoted(name)})`;
}

function isUnnest(node: unknown): boolean {
  const [kind, fields] = opened(node);
  return (
    kind === 'unnest' || (kind === 'alias' && isFields(fields.this) && 'unnest' in fields.this)
  );
}

/** Backquotes may hold a whole path: `a.b.c` in one pair means three names. */
export function tablePath(fields: Fields): string[] {
  return [fields.catalog, fields.schema, fields.name]
    .filter((part) => part !== null && part !== undefined)
    .flatMap((part) => nameOf(part).split('.'));
}
