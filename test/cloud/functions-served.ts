import { resolve } from 'node:path';
import { serveSource } from './serve-source.ts';

const SOURCE = resolve('functions/index.ts');

export type ServedFunction = Readonly<{
  name: string;
  url: string;
  /** Ends the process as `kill -9` does, and starts it anew on the same port. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Every line it has printed. */
  lines: readonly string[];
}>;

/** One function in a process of its own, served by functions-framework as in the cloud. */
export async function serveFunction(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServedFunction> {
  const lines: string[] = [];
  const source = { file: SOURCE, target: name, environment };
  const listen = (line: string) => void lines.push(line);
  let serving = await serveSource(source, listen);
  const { url, port } = serving;
  return {
    name,
    url,
    lines,
    async kill() {
      await serving.stop('at once');
      serving = await serveSource({ ...source, port }, listen);
    },
    stop: () => serving.stop('at once'),
  };
}
