import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  checkKindsPage,
  fieldsOfKind,
  KIND_NOTES,
} from '../../shared/cli/docs/check-kinds-page.ts';
import { CHECK_KINDS } from '../../shared/core/checks/kinds.ts';
import { checkSchema } from '../../shared/edge/checks/check-schema.ts';

it('the page on the kinds of check is what `npm run docs` writes', () => {
  expect(readFileSync('docs/check-kinds.md', 'utf8')).toBe(checkKindsPage());
});

describe.each(CHECK_KINDS)('%s', (kind) => {
  it('has an example that the parser accepts, of this kind', () => {
    const { success, data, error } = checkSchema.safeParse(parse(KIND_NOTES[kind].example));
    expect([success, data?.kind, error?.issues]).toEqual([true, kind, undefined]);
  });

  it('says of each field what it is for, as an editor shows it', () => {
    const bare = fieldsOfKind(kind).filter(({ description }) => description === '');
    expect(bare.map(({ name }) => name)).toEqual(['kind']);
  });
});
