import { isFields, listOf, only, opened, type Rendering, refused } from './node.ts';

/** `ORDER BY` terms with GoogleSQL's places for NULL written out: first when ascending, last when descending. */
export function orderTerms(terms: unknown, to: Rendering): string {
  return listOf(terms)
    .map((term) => {
      if (!isFields(term)) throw refused('an ORDER BY term');
      only('ORDER BY', term, 'this', 'desc', 'nulls_first', 'explicit_asc');
      const isDescending = term.desc === true;
      const nullsFirst = typeof term.nulls_first === 'boolean' ? term.nulls_first : !isDescending;
      return `${ordinalOr(term.this, to)} ${isDescending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
    })
    .join(', ');
}

/** `ORDER BY 2` names an output column: such a number must stay a bare literal. */
export function ordinalOr(node: unknown, to: Rendering): string {
  const [kind, fields] = opened(node);
  const isOrdinal = kind === 'literal' && /^\d+$/.test(String(fields.value));
  return isOrdinal && fields.literal_type === 'number' ? String(fields.value) : to.expression(node);
}
