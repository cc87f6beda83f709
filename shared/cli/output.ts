import type { Size } from '../core/view/progress-block.ts';

/** Where a command writes: results on stdout, progress and errors on stderr. */
export type Output = Readonly<{
  line(text: string): void;
  json(value: unknown): void;
  /** A line that stays, above a block that is being drawn. */
  note(text: string): void;
  /** A block that replaces the last one drawn, and is made anew for each size of the terminal; null where stderr is none. */
  draw: ((block: Block) => void) | null;
  /** The block drawn last stays where it is. */
  keep(): void;
}>;

/** As many lines as fit, none wider than the terminal. */
export type Block = (size: Size) => readonly string[];

const isTerminal = process.stderr.isTTY === true && process.env.CI === undefined;
let block: Block | null = null;
let drawn: readonly string[] = [];

export const terminal: Output = {
  line: (text) => void process.stdout.write(`${text}\n`),
  json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  note: (text) => {
    const under = block === null ? [] : drawn;
    process.stderr.write(`${erase()}${text}\n${written(under)}`);
    drawn = under;
  },
  draw: isTerminal ? draw : null,
  keep: () => {
    block = null;
    drawn = [];
  },
};

/** A reader that closes the pipe early, as `head` does, has seen enough; the command goes on to its own exit code. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

if (isTerminal) {
  process.stderr.on('resize', () => {
    if (block !== null) draw(block);
  });
}

function draw(next: Block): void {
  block = next;
  const { columns = 80, rows = 24 } = process.stderr;
  const lines = next({ columns, rows });
  if (lines.length === drawn.length && lines.every((line, index) => line === drawn[index])) return;
  process.stderr.write(`${erase()}${written(lines)}`);
  drawn = lines;
}

const written = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

/** A terminal that became narrower has broken lines that were drawn before. */
function erase(): string {
  const { columns = 80 } = process.stderr;
  const rows = drawn.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / columns)), 0);
  return rows === 0 ? '' : `\u001b[${rows}A\u001b[J`;
}
