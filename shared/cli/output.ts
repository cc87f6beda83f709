/** Where a command writes: results on stdout, progress and errors on stderr. */
export type Output = Readonly<{
  line(text: string): void;
  json(value: unknown): void;
  note(text: string): void;
  /** Whether stderr is a terminal that redraws lines. */
  isLive: boolean;
}>;

export const terminal: Output = {
  line: (text) => void process.stdout.write(`${text}\n`),
  json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  isLive: process.stderr.isTTY === true && process.env.CI === undefined,
};

/** 0 passed, warned or done · 1 refused, failed or blocked · 2 usage · 3 could not be evaluated · 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;
