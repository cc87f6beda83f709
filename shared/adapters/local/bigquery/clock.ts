/** Milliseconds that never repeat and never go back, so that "changed later" always means it. */
export type Clock = Readonly<{ tick: () => number }>;

export function clockAfter(lastMs: number): Clock {
  let last = lastMs;
  return {
    tick: () => {
      last = Math.max(Date.now(), last + 1);
      return last;
    },
  };
}
