import { z } from 'zod';
import { checkDocument, shareFields, shareOf, wholeFields } from './document.ts';
import { aggregate, identifier, unit } from './words.ts';

const groupFields = {
  by: z.array(identifier).nonempty().describe('Rows with equal values of these are one group'),
  where: shareFields.where,
  unit: unit.default('groups'),
  ...wholeFields,
};

export const groupCondition = checkDocument(
  'group-condition',
  { ...groupFields, holds: aggregate },
  (document) => {
    const { by, unit, holds } = document;
    return { by, unit, holds, ...shareOf(document) };
  },
);

export const groupIdentity = checkDocument(
  'group-identity',
  {
    ...groupFields,
    left: aggregate,
    right: aggregate,
    tolerance: z.number().min(0).default(0).describe('So much the two sides may differ'),
  },
  (document) => {
    const { by, unit, left, right, tolerance } = document;
    return { by, unit, left, right, tolerance, ...shareOf(document) };
  },
);
