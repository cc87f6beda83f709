/** A GoogleSQL type by its name: `INT64`, `ARRAY<STRING>`. */
export type TypeName = string;

/** A type as the analyzer's protocol writes it. */
export type TypeProto = Readonly<{
  typeKind: number;
  arrayType: Readonly<{ elementType: TypeProto }> | null;
}>;

const NUMBER_OF_KIND: Readonly<Record<string, number>> = {
  INT64: 2,
  BOOL: 5,
  FLOAT64: 7,
  STRING: 8,
  BYTES: 9,
  DATE: 10,
  ARRAY: 16,
  STRUCT: 17,
  TIMESTAMP: 19,
  TIME: 20,
  DATETIME: 21,
  NUMERIC: 23,
  BIGNUMERIC: 24,
  JSON: 26,
  INTERVAL: 27,
};
const KIND_OF_NUMBER = new Map(Object.entries(NUMBER_OF_KIND).map(([kind, n]) => [n, kind]));

/** @throws Error for a name that this protocol does not know */
export function typeProto(name: TypeName): TypeProto {
  const [, element] = /^ARRAY<(.+)>$/.exec(name) ?? [];
  const typeKind = NUMBER_OF_KIND[element === undefined ? name : 'ARRAY'];
  if (typeKind === undefined) throw new Error(`${name} is not a GoogleSQL type known here`);
  return element === undefined
    ? { typeKind, arrayType: null }
    : { typeKind, arrayType: { elementType: typeProto(element) } };
}

/** The name of a type; a STRUCT without its fields. */
export function typeName({ typeKind, arrayType }: TypeProto): TypeName {
  if (arrayType) return `ARRAY<${typeName(arrayType.elementType)}>`;
  return KIND_OF_NUMBER.get(typeKind) ?? `type ${typeKind}`;
}
