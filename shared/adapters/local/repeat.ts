/** Does the work again and again, never twice at once. @returns stops it, and waits for the one that runs */
export function repeat(work: () => Promise<void>, pauseMs: number): () => Promise<void> {
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
  timer = setTimeout(next, 0);
  return async () => {
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
    await current;
  };
}
