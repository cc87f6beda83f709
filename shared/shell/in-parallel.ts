import { isKind } from '../core/errors.ts';

/**
 * Does the work for all at once and waits for every one, so that nothing goes on behind a caller's
 * back.
 *
 * @throws the first failure; one that is only `pending` last
 */
export async function inParallel<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const settled = await Promise.allSettled([...items].map(work));
  const failures = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  const failure = failures.find((error) => !isKind(error, 'pending')) ?? failures[0];
  if (failure !== undefined) throw failure;
}
