import { globSync, readFileSync } from 'node:fs';

/** A block at the left margin of a .tf file. */
export type Block = Readonly<{
  file: string;
  /** `resource`, `variable`, `locals`… */
  kind: string;
  /** `google_pubsub_topic` and `topic`; what stands in quotes behind the kind. */
  labels: readonly string[];
  /** Without comments. */
  text: string;
}>;

const BLOCK = /^(\w+)((?: "[^"]+")*) \{\n([\s\S]*?)^\}/gm;

/** Every block of the infrastructure, as `terraform fmt` lays them out. */
export function blocksOf(folder: string): readonly Block[] {
  return globSync(`${folder}/*.tf`).flatMap((file) => {
    const source = readFileSync(file, 'utf8').replaceAll(/^\s*#.*$/gm, '');
    return [...source.matchAll(BLOCK)].map(([, kind = '', labels = '', text = '']) => ({
      file,
      kind,
      labels: [...labels.matchAll(/"([^"]+)"/g)].map(([, label = '']) => label),
      text,
    }));
  });
}

/** The names that `locals` blocks give. */
export function localsOf(blocks: readonly Block[]): readonly string[] {
  return blocks
    .filter(({ kind }) => kind === 'locals')
    .flatMap(({ text }) => [...text.matchAll(/^ {2}(\w+)\s+=/gm)].map(([, name = '']) => name));
}
