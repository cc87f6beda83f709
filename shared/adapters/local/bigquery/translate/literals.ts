import { only, type Renderer, refused, textLiteral } from './node.ts';

const INT64_MAX = 2n ** 63n - 1n;

export const literals: Readonly<Record<string, Renderer>> = {
  literal: (fields) => {
    const { literal_type, value } = only('literal', fields, 'literal_type', 'value');
    const text = String(value);
    switch (literal_type) {
      case 'string':
      case 'raw_string':
      case 'triple_quoted_string':
        return textLiteral(text);
      case 'number':
        return numberLiteral(text);
      case 'date':
        return `(CAST(${textLiteral(text)} AS DATE))`;
      case 'timestamp':
        return `(CAST(${textLiteral(text)} AS TIMESTAMPTZ))`;
      case 'datetime':
        return `(CAST(${textLiteral(text)} AS TIMESTAMP))`;
      default:
        throw refused(`a ${String(literal_type).replaceAll('_', ' ')} literal`);
    }
  },
  boolean: (fields) => (only('boolean', fields, 'value').value === true ? 'TRUE' : 'FALSE'),
  null: () => 'NULL',
};

/** A literal with a point or exponent is FLOAT64 in GoogleSQL and would be DECIMAL in DuckDB. */
function numberLiteral(text: string): string {
  if (/^\d+$/.test(text)) {
    if (BigInt(text) > INT64_MAX) throw refused(`the integer ${text}, larger than INT64`);
    return `(${text}::BIGINT)`;
  }
  if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw refused(`the number ${text}`);
  return /e/i.test(text) ? text : `${text}e0`;
}
