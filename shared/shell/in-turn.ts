/**
 * Answers all who ask for one key at the same moment by one call, which begins after each of them asked:
 * nobody gets an answer that is older than the question. What they say besides the key is what the first said.
 */
export function asOne<Key, Said extends readonly unknown[], Result>(
  call: (key: Key, ...said: Said) => Promise<Result>,
): (key: Key, ...said: Said) => Promise<Result> {
  const next = new Map<Key, Promise<Result>>();
  const turn = inTurn<Key>();
  return (key, ...said) => {
    const asked = next.get(key);
    if (asked !== undefined) return asked;
    const answer = turn(key, () => {
      next.delete(key);
      return call(key, ...said);
    });
    next.set(key, answer);
    return answer;
  };
}

/** Does what is asked for one key one after the other, each whether or not the one before it failed. */
export function inTurn<Key>(): <Result>(key: Key, work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<Key, Promise<unknown>>();
  return (key, work) => {
    const done = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, done);
    const forget = () => {
      if (last.get(key) === done) last.delete(key);
    };
    done.then(forget, forget);
    return done;
  };
}
