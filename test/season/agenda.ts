/** What is to happen, by when; what is put down for the same instant happens in the order in which it was put down. */
export type Agenda = ReturnType<typeof openAgenda>;

type Entry = Readonly<{ at: number; seq: number; act: () => Promise<void> }>;

/** A virtual clock that jumps from one entry to the next: nothing else moves it. */
export function openAgenda(start: string) {
  const entries: Entry[] = [];
  let seq = 0;
  let nowMs = Date.parse(start);

  const put = (at: number, act: () => Promise<void>) => {
    seq += 1;
    const entry = { at: Math.max(at, nowMs), seq, act };
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const isBefore = (entries[middle] as Entry).at <= entry.at;
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, entry);
  };

  return {
    now: () => new Date(nowMs).toISOString(),
    at: (instant: string, act: () => Promise<void>) => put(Date.parse(instant), act),
    in: (milliseconds: number, act: () => Promise<void>) => put(nowMs + milliseconds, act),

    /** Does everything that is put down for this time or before, also what is put down meanwhile. */
    async until(end: string): Promise<void> {
      const last = Date.parse(end);
      for (let next = entries[0]; next !== undefined && next.at <= last; next = entries[0]) {
        entries.shift();
        nowMs = next.at;
        await next.act();
      }
      nowMs = Math.max(nowMs, last);
    },
  };
}
