import { expect, it } from 'vitest';
import { csvLine } from '../../shared/league/csv.ts';

it('quotes a text only where a reader would misread it', () => {
  expect(csvLine(["Tev O'Lar", 'a,b', 'say "x"', 'two\nlines'])).toBe(
    'Tev O\'Lar,"a,b","say ""x""","two\nlines"\n',
  );
});

it('writes null as nothing and an empty text as a pair of quotes', () => {
  expect(csvLine([null, '', true, -3])).toBe(',"",true,-3\n');
});
