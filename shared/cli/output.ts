/** Where a command writes: results on stdout, progress and errors on stderr. */
export type Output = Readonly<{
  line(text: string): void;
  json(value: unknown): void;
  /** A line that stays, above a block that is being drawn. */
  note(text: string): void;
  /** Lines that replace the last ones drawn; null where stderr is no terminal. */
  draw: ((lines: readonly string[]) => void) | null;
  /** The lines drawn last stay where they are. */
  keep(): void;
}>;

const isTerminal = process.stderr.isTTY === true && process.env.CI === undefined;
let drawn = 0;

export const terminal: Output = {
  line: (text) => void process.stdout.write(`${text}\n`),
  json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  note: (text) => {
    process.stderr.write(`${erase()}${text}\n`);
    drawn = 0;
  },
  draw: isTerminal ? draw : null,
  keep: () => {
    drawn = 0;
  },
};

/** A reader that closes the pipe early, as `head` does, has seen enough; the command goes on to its own exit code. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function draw(lines: readonly string[]): void {
  const width = process.stderr.columns ?? 80;
  const cut = lines.map((line) =>
    line.length > width - 1 ? `${line.slice(0, width - 2)}…` : line,
  );
  process.stderr.write(`${erase()}${cut.map((line) => `${line}\n`).join('')}`);
  drawn = lines.length;
}

function erase(): string {
  return drawn === 0 ? '' : `\u001b[${drawn}A\u001b[J`;
}
