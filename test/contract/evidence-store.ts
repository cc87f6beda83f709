import { beforeEach, describe, expect, it } from 'vitest';
import type { EvidenceStore } from '../../shared/ports/evidence-store.ts';

/** What every evidence store must do. Each adapter's test file is one call of this function. */
export function describeEvidenceStore(
  adapter: string,
  open: () => EvidenceStore | Promise<EvidenceStore>,
): void {
  describe(`evidence store: ${adapter}`, () => {
    let store: EvidenceStore;
    beforeEach(async () => {
      store = await open();
    });

    it('gives back every character of what was put', async () => {
      const text = `{"a":"é ✗ \\u0000 \\n","b":${'[1,2],'.repeat(100_000)}}\n`;
      await store.put('gate-1', text);
      expect(await store.get('gate-1')).toBe(text);
    });

    it('keeps the same text once, however often it is put', async () => {
      await store.put('gate-1', 'x');
      await store.put('gate-1', 'x');
      expect(await store.list()).toEqual(['gate-1']);
    });

    it('never replaces what is kept by another text', async () => {
      await store.put('gate-1', 'x');
      await expect(store.put('gate-1', 'y')).rejects.toMatchObject({ kind: 'conflict' });
      expect(await store.get('gate-1')).toBe('x');
    });

    it('keeps one text of several that are put under one id at once', async () => {
      const puts = Array.from({ length: 8 }, (_, n) => store.put('gate-1', `text ${n}`));
      const settled = await Promise.allSettled(puts);
      const kept = settled.findIndex(({ status }) => status === 'fulfilled');
      expect(settled.filter(({ status }) => status === 'fulfilled').length).toBe(1);
      expect(await store.get('gate-1')).toBe(`text ${kept}`);
    });

    it('lists ids sorted, and nothing before the first', async () => {
      expect(await store.list()).toEqual([]);
      for (const id of ['b', 'a-2', 'a_1']) await store.put(id, id);
      expect(await store.list()).toEqual(['a-2', 'a_1', 'b']);
    });

    it('says not-found for an id under which nothing is kept', async () => {
      await expect(store.get('gate-1')).rejects.toMatchObject({ kind: 'not-found' });
    });

    it.each(['', '../x', 'a/b', 'a.b'])('refuses %j as an id', async (id) => {
      await expect(store.put(id, 'x')).rejects.toMatchObject({ kind: 'invalid-input' });
      expect(await store.list()).toEqual([]);
    });
  });
}
