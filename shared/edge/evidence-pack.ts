import { PhasegateError } from '../core/errors.ts';

/**
 * A value as JSON that keeps what JSON has not (maps, sets, bigints, numbers that are none) and
 * writes each list of field names, and each object that is met more than once, a single time.
 */
export type Packed = Readonly<{
  /** Field names of the objects in `shared` and `value`. */
  shapes: readonly (readonly string[])[];
  /** Objects met more than once; an object refers only to earlier ones. */
  shared: readonly Node[];
  value: Node;
}>;

/** A list is a JSON array; everything else that is no plain JSON value is an object with one letter. */
type Node =
  | string
  | number
  | boolean
  | null
  | readonly Node[]
  | Readonly<{ o: readonly [shape: number, ...values: Node[]] }>
  | Readonly<{ m: readonly Node[] }>
  | Readonly<{ s: readonly Node[] }>
  | Readonly<{ i: string }>
  | Readonly<{ n: string }>
  | Readonly<{ r: number }>;

/** Packs plain data. A field that is undefined is left out. @throws PhasegateError `bug` for a function or symbol */
export function pack(value: unknown): Packed {
  const met = new Map<object, number>();
  countObjects(value, met);
  const shapes = new Map<string, number>();
  const names: (readonly string[])[] = [];
  const shared: Node[] = [];
  const references = new Map<object, number>();

  const shapeOf = (keys: readonly string[]): number => {
    const text = JSON.stringify(keys);
    const known = shapes.get(text);
    if (known !== undefined) return known;
    shapes.set(text, names.length);
    names.push(keys);
    return names.length - 1;
  };
  const nodeOf = (item: unknown): Node => {
    if (typeof item !== 'object' || item === null) return scalar(item);
    const known = references.get(item);
    if (known !== undefined) return { r: known };
    const node = structure(item);
    if ((met.get(item) ?? 0) < 2) return node;
    shared.push(node);
    references.set(item, shared.length - 1);
    return { r: shared.length - 1 };
  };
  const structure = (item: object): Node => {
    if (Array.isArray(item)) return item.map(nodeOf);
    if (item instanceof Map) return { m: [...item].flat().map(nodeOf) };
    if (item instanceof Set) return { s: [...item].map(nodeOf) };
    const fields = Object.entries(item).filter(([, each]) => each !== undefined);
    return { o: [shapeOf(fields.map(([key]) => key)), ...fields.map(([, each]) => nodeOf(each))] };
  };
  const root = nodeOf(value);
  return { shapes: names, shared, value: root };
}

/** The value that was packed. @throws PhasegateError `invalid-input` for anything that `pack` does not write */
export function unpack({ shapes, shared, value }: Packed): unknown {
  const known: unknown[] = [];
  const valueAt = (node: Node): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map(valueAt);
    if ('o' in node) return objectOf(node.o);
    if ('m' in node) return mapOf(node.m.map(valueAt));
    if ('s' in node) return new Set(node.s.map(valueAt));
    if ('i' in node) return BigInt(node.i);
    if ('n' in node) return Number(node.n);
    if ('r' in node && node.r < known.length) return known[node.r];
    throw new PhasegateError('invalid-input', `${JSON.stringify(node)} is no part of an evidence`);
  };
  const objectOf = ([shape, ...values]: readonly [number, ...Node[]]) => {
    const keys = shapes[shape];
    if (keys?.length !== values.length) {
      throw new PhasegateError(
        'invalid-input',
        `${values.length} values do not fit shape ${shape}`,
      );
    }
    return Object.fromEntries(keys.map((key, index) => [key, valueAt(values[index] ?? null)]));
  };
  for (const node of shared) known.push(valueAt(node));
  return valueAt(value);
}

function scalar(value: unknown): Node {
  if (typeof value === 'bigint') return { i: String(value) };
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return { n: '-0' };
    return Number.isFinite(value) ? value : { n: String(value) };
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  throw new PhasegateError('bug', `evidence cannot keep a ${typeof value}`);
}

function mapOf(flat: readonly unknown[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (let index = 0; index < flat.length; index += 2) map.set(flat[index], flat[index + 1]);
  return map;
}

function countObjects(value: unknown, met: Map<object, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const before = met.get(value) ?? 0;
  met.set(value, before + 1);
  if (before > 0) return;
  const parts =
    value instanceof Map
      ? [...value].flat()
      : value instanceof Set || Array.isArray(value)
        ? [...value]
        : Object.values(value);
  for (const part of parts) countObjects(part, met);
}
