import { median } from '../measure.ts';

/** Medians: by the clock, and of the processor time of this process with all its threads, which other processes move less. */
export type Timed = Readonly<{ seconds: number; processorSeconds: number }>;

/**
 * Runs every work in turn, once to warm up and then `rounds` times, each second round backwards, so
 * that whatever else the machine does falls on all of them.
 *
 * @returns how long each takes, in the order given
 */
export async function sideBySide(
  rounds: number,
  works: readonly (() => Promise<unknown>)[],
): Promise<readonly Timed[]> {
  const seconds = works.map((): number[] => []);
  const processorSeconds = works.map((): number[] => []);
  const order = works.map((work, index) => ({ work, index }));
  for (let round = 0; round <= rounds; round++) {
    for (const { work, index } of round % 2 === 0 ? order : order.toReversed()) {
      const started = process.hrtime.bigint();
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      if (round === 0) continue;
      seconds[index]?.push(Number(process.hrtime.bigint() - started) / 1e9);
      processorSeconds[index]?.push((user + system) / 1e6);
    }
  }
  return works.map((_, index) => ({
    seconds: median(seconds[index] ?? []),
    processorSeconds: median(processorSeconds[index] ?? []),
  }));
}

/** One divided by the other, by the clock; the note says the same of processor time. */
export function ratioOf(one: Timed, other: Timed): Readonly<{ ratio: number; note: string }> {
  const ofProcessor = one.processorSeconds / other.processorSeconds;
  return { ratio: one.seconds / other.seconds, note: `processor time ${ofProcessor.toFixed(3)} x` };
}

/** Which of these took the least time by the clock, as the bounds count it. */
export function fastest<Each>(all: readonly Each[], timed: readonly Timed[]): Each {
  const seconds = timed.map((each) => each.seconds);
  const found = all[seconds.indexOf(Math.min(...seconds))];
  if (found === undefined) throw new Error('nothing was timed');
  return found;
}
