import { z } from 'zod';
import { PhasegateError } from '../../../core/errors.ts';
import { textLiteral } from './translate/node.ts';
import { duckType } from './types.ts';

export const queryParameter = z.object({
  name: z.string().regex(/^[A-Za-z_]\w*$/),
  parameterType: z.object({
    type: z.string(),
    arrayType: z.object({ type: z.string() }).optional(),
  }),
  parameterValue: z
    .object({
      value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
      arrayValues: z.array(z.object({ value: z.string().nullish() })).nullish(),
    })
    .optional(),
});

export type QueryParameter = z.output<typeof queryParameter>;

/**
 * DuckDB's text for a named parameter: a quoted literal read as its declared type. DuckDB's own
 * parameters leave the types of a prepared statement open until it runs; a dry run must know them.
 */
export function parameterText(parameters: readonly QueryParameter[]): (name: string) => string {
  return (name) => {
    const { parameterType, parameterValue } = named(parameters, name);
    const { type, arrayType } = parameterType;
    if (arrayType === undefined) {
      const value = scalarValue(parameters, name);
      return `(CAST(${literal(value)} AS ${duckType({ name, type })}))`;
    }
    const items = parameterValue?.arrayValues?.map(({ value }) => literal(value ?? null)) ?? [];
    const field = { name, type: arrayType.type, mode: 'REPEATED' };
    return `(CAST([${items.join(', ')}] AS ${duckType(field)}))`;
  };
}

function literal(value: string | null): string {
  if (value?.includes('\0')) throw new PhasegateError('invalid-query', 'a parameter holds a NUL');
  return value === null ? 'NULL' : textLiteral(value);
}

/** The text of a scalar parameter, null for NULL and arrays. */
export function scalarValue(parameters: readonly QueryParameter[], name: string): string | null {
  const value = named(parameters, name).parameterValue?.value;
  return value === null || value === undefined ? null : String(value);
}

function named(parameters: readonly QueryParameter[], name: string): QueryParameter {
  const found = parameters.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    throw new PhasegateError('invalid-query', `Query parameter '${name}' not found`);
  }
  return found;
}
