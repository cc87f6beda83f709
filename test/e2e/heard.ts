import type { Ended } from './phasegate.ts';

/** What a command writes, and those who wait for a part of it. */
export function heard() {
  const texts = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  return {
    texts,
    hear: (stream: keyof typeof texts) => (text: string | Buffer) => {
      texts[stream] += text;
      for (const watch of watchers) watch();
    },
    /** Resolves when stdout and stderr together match; rejects when the command ended without that. */
    saw: (pattern: RegExp, ended: Promise<Ended>) =>
      new Promise<void>((resolve, reject) => {
        const watch = () => {
          if (pattern.test(texts.stdout + texts.stderr)) resolve();
        };
        watchers.add(watch);
        watch();
        ended.then(() => reject(new Error(`ended without ${pattern}:\n${texts.stderr}`)), reject);
      }),
  };
}
