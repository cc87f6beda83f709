import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentId } from '../../shared/adapters/gcp/firestore-ids.ts';

/** Near what Firestore refuses: https://cloud.google.com/firestore/quotas#collections_documents_and_fields */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom('.', '_', '/', '%', '2', '5', 'E', 'F', '\n'), maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('é', '/', 'a'), minLength: 700, maxLength: 1_600 }),
);

it('makes of any text an id that Firestore takes', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const id = documentId(text);
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(1_500);
      expect(id).not.toMatch(/^$|\/|^\.\.?$|^__.*__$/s);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

it('gives two texts two ids', () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      expect(documentId(one) === documentId(other)).toBe(one === other);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

it.each(['tiny-20220101-20220131-0a1b2c3d', 'a.teams', 'launch:x_y.1', '_x_', '...'])(
  'leaves %s as it is',
  (text) => {
    expect(documentId(text)).toBe(text);
  },
);
