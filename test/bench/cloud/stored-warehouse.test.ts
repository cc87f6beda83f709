import { expect, it } from 'vitest';
import { tablesOf } from '../../../shared/core/pipeline.ts';
import { assess } from '../../../shared/shell/assess.ts';
import { requested, runNumbered } from '../core/chain.ts';
import { longChain } from './long-chain.ts';
import { quantile } from './quantile.ts';
import { storedWarehouse } from './stored-warehouse.ts';

it('the first gate of a table reads its days, the second one passes on what is stored', async () => {
  const chain = longChain();
  const warehouse = storedWarehouse(chain);
  const relations = tablesOf(chain.pipeline).slice(0, 2);
  const { from, to } = requested(chain.pipeline, runNumbered(0)).request;
  const request = { id: 'bench', relations, from, to };
  const gate = () => assess(warehouse, chain.pipeline, request, '2026-01-03T04:00:00.000Z');
  const [first, second] = [await gate(), await gate()];
  const purposes = [first, second].map(({ statements }) => statements.length);
  expect(purposes).toEqual([4, 2]);
  expect(second.tables.map(({ judgement }) => judgement.verdict)).toEqual(['PASS', 'PASS']);
});

it('a quantile is one of the numbers, the largest one for the whole share', () => {
  const numbers = Array.from({ length: 200 }, (_, n) => 200 - n);
  expect([0.5, 0.99, 1].map((share) => quantile(numbers, share))).toEqual([100, 198, 200]);
});
