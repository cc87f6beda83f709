/**
 * Does the work again and again, never twice at once.
 *
 * @param firstMs when it is done first
 * @returns stops it, and waits for the one that runs
 */
export function repeat(
  work: () => Promise<void>,
  pauseMs: number,
  firstMs = 0,
): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null;
  let current: Promise<void> = Promise.resolve();
  let isStopped = false;
  const next = () => {
    current = work()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        if (!isStopped) timer = setTimeout(next, pauseMs);
      });
  };
  timer = setTimeout(next, firstMs);
  return async () => {
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
    await current;
  };
}
