/** The virtual clock and everything that will happen, each thing at its time. */
export type Clockwork = Readonly<{
  /** Milliseconds since 1970. */
  now: () => number;
  /** Lets something happen later. What is `idle` does not count as work that is left. */
  after: (milliseconds: number, happen: () => void, idle?: boolean) => void;
  /** As `now`, without the jumps: what really went by. */
  elapsed: () => number;
  /** How far all jumps together went. */
  jumped: () => number;
  /** Moves the clock, and all that is to happen with it. */
  jump: (milliseconds: number) => void;
  /** Lets one thing happen and all that follows from it at once. False when nothing is left. */
  step: () => Promise<boolean>;
  /** How many things are to happen, idle ones left out. */
  work: () => number;
  steps: () => number;
}>;

type Due = Readonly<{ at: number; order: number; happen: () => void; idle: boolean }>;

const START = Date.UTC(2026, 0, 5, 12);

export function clockwork(): Clockwork {
  const heap: Due[] = [];
  let now = START;
  let jumped = 0;
  let order = 0;
  let work = 0;
  let steps = 0;
  return {
    now: () => now + jumped,
    elapsed: () => now,
    jumped: () => jumped,
    after: (milliseconds, happen, idle = false) => {
      order += 1;
      if (!idle) work += 1;
      push(heap, { at: now + milliseconds, order, happen, idle });
    },
    jump: (milliseconds) => {
      jumped += milliseconds;
    },
    step: async () => {
      const due = pop(heap);
      if (due === undefined) return false;
      if (!due.idle) work -= 1;
      steps += 1;
      if (due.at > now) now = due.at;
      due.happen();
      // A tick comes after every continuation of what happened, and of what these made happen.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      return true;
    },
    work: () => work,
    steps: () => steps,
  };
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Due[], due: Due): void {
  let at = heap.length;
  heap.push(due);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (isBefore(heap[parent]!, due)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = due;
}

function pop(heap: Due[]): Due | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    const right = heap[child + 1];
    if (right !== undefined && isBefore(right, heap[child]!)) child += 1;
    if (isBefore(last, heap[child]!)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
