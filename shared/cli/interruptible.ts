/** Does the work; a first Ctrl-C asks it to end in order, one that comes a second later ends the process. */
export async function interruptible<Result>(
  work: (interrupted: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = interrupter(interruption);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work(interruption.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function interrupter(interruption: AbortController): () => void {
  let first: number | null = null;
  return () => {
    if (first !== null && Date.now() - first > 1000) process.exit(130);
    first ??= Date.now();
    interruption.abort();
  };
}
