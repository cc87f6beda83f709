/** What was read last, while it is read again and again beside other work. */
export type Aside<Value> = Readonly<{
  /** Reads again unless it is being read, or was a moment ago; the value of the last reading that went well. */
  last(): Value;
  /** Waits until nothing is being read any more. */
  rest(): Promise<void>;
}>;

/** After a reading that failed. */
const AGAIN_MS = 2000;

/** What cannot be read now stays as it was, and is read again: it is there for people to look at, and decides nothing. */
export function readAside<Value>(
  first: Value,
  everyMs: number,
  read: () => Promise<Value>,
  clock: () => number = Date.now,
): Aside<Value> {
  let value = first;
  let reading: Promise<void> | null = null;
  let next = 0;
  return {
    last() {
      if (reading === null && clock() >= next) {
        reading = read()
          .then(
            (found) => {
              value = found;
              next = clock() + everyMs;
            },
            () => {
              next = clock() + AGAIN_MS;
            },
          )
          .finally(() => {
            reading = null;
          });
      }
      return value;
    },
    rest: async () => reading ?? undefined,
  };
}
