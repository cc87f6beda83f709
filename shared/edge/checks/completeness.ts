import { z } from 'zod';
import { parsePercent } from '../../core/percent.ts';
import { checkDocument } from './document.ts';
import { count, identifier, percent } from './words.ts';

export const dayCoverage = checkDocument(
  'day-coverage',
  { atLeastPercent: percent },
  ({ atLeastPercent }) => ({ atLeast: parsePercent(atLeastPercent) }),
);

export const grainCoverage = checkDocument(
  'grain-coverage',
  {
    grain: z.enum(['games', 'team-games', 'teams']),
    game: identifier.optional(),
    team: identifier.optional(),
    atLeastPercent: percent,
    perDayPercent: percent.optional(),
  },
  ({ grain, game, team, atLeastPercent, perDayPercent }) => ({
    grain,
    game: game ?? null,
    team: team ?? null,
    atLeast: parsePercent(atLeastPercent),
    perDay: parsePercent(perDayPercent ?? atLeastPercent),
  }),
);

export const distinctGames = checkDocument(
  'distinct-games',
  { game: identifier, atLeast: count },
  ({ game, atLeast }) => ({ game, atLeast }),
);

export const unique = checkDocument(
  'unique',
  { columns: z.array(identifier).nonempty().optional() },
  ({ columns }, { key }) => ({ columns: columns ?? key }),
);
