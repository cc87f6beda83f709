/** The attached in-memory database that holds our macros, so that a warehouse file stays plain. */
export const MACRO_CATALOG = '_googlesql';

const isDecimal = (x: string) => `typeof(${x}) LIKE 'DECIMAL%'`;
const isFloat = (x: string) => `typeof(${x}) IN ('DOUBLE', 'FLOAT')`;
const isText = (x: string) => `typeof(${x}) = 'VARCHAR'`;
const noNumeric = (what: string) =>
  `error('not supported by the local warehouse: ${what} of NUMERIC; cast to FLOAT64')`;
const noFloat = (what: string, ...args: string[]) =>
  args.map((x) => `WHEN ${isFloat(x)} THEN error('${what} takes INT64, not FLOAT64')`).join(' ');
const matches = (x: string, shape: string) =>
  `regexp_full_match(CAST(${x} AS VARCHAR), '${shape}')`;

const INTEGER = '\\s*[+-]?([0-9]+|0[xX][0-9a-fA-F]+)\\s*';
const DATE = '\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\\s*';
const SPACE = "(chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || ' ' || chr(133) || chr(160))";
const half = (x: string, cast: string) => `${cast}(round(TRY_CAST(${x} AS DOUBLE)) AS BIGINT)`;
const finite = (name: string, x: string) =>
  `CASE WHEN NOT isfinite(${x}) THEN error('Floating point error in function: ${name}') ELSE ${x} END`;
const spelled = (x: string) =>
  `CASE WHEN ${isFloat(x)} THEN CASE WHEN TRY_CAST(${x} AS DOUBLE) = 0 THEN '0' WHEN abs(TRY_CAST(${x} AS DOUBLE)) BETWEEN 1e-4 AND 999999999999999 THEN regexp_replace(CAST(${x} AS VARCHAR), '\\.0$', '') WHEN ${x} IS NULL THEN NULL ELSE error('not supported by the local warehouse: CAST of a very large or small FLOAT64 to STRING') END WHEN ${isDecimal(x)} THEN regexp_replace(CAST(${x} AS VARCHAR), '\\.?0*$', '') WHEN typeof(${x}) LIKE 'TIMESTAMP%' AND CAST(${x} AS VARCHAR) LIKE '%.%' THEN error('not supported by the local warehouse: CAST of a fraction of a second to STRING') WHEN typeof(${x}) LIKE '%]' OR typeof(${x}) LIKE 'STRUCT%' THEN error('CAST of an ARRAY or STRUCT to STRING') ELSE CAST(${x} AS VARCHAR) END`;

/** GoogleSQL's meaning, told in DuckDB: name with parameters, then the body. */
const MACROS: Readonly<Record<string, string>> = {
  'divide(a, b)': `CASE WHEN ${isDecimal('a')} AND NOT ${isFloat('b')} OR ${isDecimal('b')} AND NOT ${isFloat('a')} THEN ${noNumeric('division')} WHEN b = 0 THEN error('division by zero: ' || CAST(a AS VARCHAR) || ' / 0; use SAFE_DIVIDE') ELSE a / b END`,
  'safe_divide(a, b)': `CASE WHEN ${isDecimal('a')} AND NOT ${isFloat('b')} OR ${isDecimal('b')} AND NOT ${isFloat('a')} THEN ${noNumeric('SAFE_DIVIDE')} WHEN b = 0 THEN NULL ELSE a / b END`,
  'multiply(a, b)': `CASE WHEN ${isDecimal('a')} AND (${isDecimal('b')} OR typeof(b) = 'HUGEINT') OR ${isDecimal('b')} AND typeof(a) = 'HUGEINT' THEN ${noNumeric('multiplication')} ELSE a * b END`,
  'integer_divide(a, b)': `CASE ${noFloat('DIV', 'a', 'b')} WHEN ${isDecimal('a')} OR ${isDecimal('b')} THEN ${noNumeric('DIV')} WHEN b = 0 THEN error('division by zero: DIV') ELSE a // b END`,
  'modulo(a, b)': `CASE ${noFloat('MOD', 'a', 'b')} WHEN b = 0 THEN error('division by zero: MOD') ELSE a % b END`,
  'average_of(x)': `CASE WHEN ${isDecimal('x')} THEN ${noNumeric('AVG')} ELSE x END`,
  'power(x, y)': finite('POW', 'pow(x, y)'),
  'exponential(x)': finite('EXP', 'exp(x)'),
  'to_int64(x)': `CASE WHEN ${isFloat('x')} THEN ${half('x', 'CAST')} WHEN ${isText('x')} AND NOT ${matches('x', INTEGER)} THEN error('Bad int64 value: ' || CAST(x AS VARCHAR)) ELSE CAST(x AS BIGINT) END`,
  'safe_int64(x)': `CASE WHEN ${isFloat('x')} THEN ${half('x', 'TRY_CAST')} WHEN ${isText('x')} AND NOT ${matches('x', INTEGER)} THEN NULL ELSE TRY_CAST(x AS BIGINT) END`,
  'to_bool(x)': `CASE WHEN ${isText('x')} AND lower(CAST(x AS VARCHAR)) NOT IN ('true', 'false') THEN error('Bad bool value: ' || CAST(x AS VARCHAR)) ELSE CAST(x AS BOOLEAN) END`,
  'safe_bool(x)': `CASE WHEN ${isText('x')} AND lower(CAST(x AS VARCHAR)) NOT IN ('true', 'false') THEN NULL ELSE TRY_CAST(x AS BOOLEAN) END`,
  'to_date(x)': `CASE WHEN ${isText('x')} AND NOT ${matches('x', DATE)} THEN error('Invalid date: ' || CAST(x AS VARCHAR)) ELSE CAST(x AS DATE) END`,
  'safe_date(x)': `CASE WHEN ${isText('x')} AND NOT ${matches('x', DATE)} THEN NULL ELSE TRY_CAST(x AS DATE) END`,
  'to_string(x)': spelled('x'),
  'safe_string(x)': spelled('x'),
  'compact_day(d)':
    "CASE WHEN year(d) >= 1000 THEN CAST(year(d) * 10000 + month(d) * 100 + day(d) AS VARCHAR) ELSE strftime(d, '%Y%m%d') END",
  'spaceless(x)': `trim(x, ${SPACE})`,
  'left_spaceless(x)': `ltrim(x, ${SPACE})`,
  'right_spaceless(x)': `rtrim(x, ${SPACE})`,
  'substring_from(s, p)': 'CASE WHEN p = 0 OR p < -length(s) THEN s ELSE substring(s, p) END',
  'substring_of(s, p, n)':
    "CASE WHEN n < 0 THEN error('Third argument in SUBSTR() cannot be negative') WHEN p = 0 OR p < -length(s) THEN substring(s, 1, n) ELSE substring(s, p, n) END",
  'leftmost(s, n)': "CASE WHEN n < 0 THEN error('LEFT of a negative length') ELSE left(s, n) END",
  'rightmost(s, n)':
    "CASE WHEN n < 0 THEN error('RIGHT of a negative length') ELSE right(s, n) END",
  'in_array(x, xs)':
    'CASE WHEN coalesce(len(xs), 0) = 0 THEN FALSE WHEN x IS NULL THEN NULL WHEN list_contains(xs, x) THEN TRUE WHEN list_count(xs) < len(xs) THEN NULL ELSE FALSE END',
  'at_offset(xs, i)':
    "CASE WHEN i < 0 OR i >= len(xs) THEN error('Array index out of bounds') ELSE xs[i + 1] END",
  'at_safe_offset(xs, i)': 'CASE WHEN i < 0 OR i >= len(xs) THEN NULL ELSE xs[i + 1] END',
  'json_scalar(j, path)':
    "CASE WHEN json_type(j, path) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(j, path) END",
  'json_text(x)': `CASE WHEN typeof(x) LIKE '%TIMESTAMP%' OR typeof(x) LIKE '%DECIMAL%' THEN error('not supported by the local warehouse: TO_JSON_STRING of a TIMESTAMP, DATETIME or NUMERIC; cast it first') WHEN x IS NULL THEN 'null' ELSE regexp_replace(CAST(to_json(x) AS VARCHAR), '("(?:[^"\\\\]|\\\\.)*")|(-?[0-9]+)\\.0([,}\\]]|$)', '\\1\\2\\3', 'g') END`,
};

/** Run once per opened database, before any translated statement. */
export function macroStatements(): readonly string[] {
  return [
    `ATTACH ':memory:' AS ${MACRO_CATALOG}`,
    ...Object.entries(MACROS).map(
      ([signature, body]) => `CREATE MACRO ${MACRO_CATALOG}.main.${signature} AS (${body})`,
    ),
  ];
}
