import { VERIFIED_DAYS } from '../core/system-tables.ts';
import { quoteTable } from './quote.ts';

/** What was seen to be good by gates and looks from `@from0` to `@to0`: `table_name`, `days`, `judged_at`. */
export const VERIFIED_DAYS_QUERY = [
  'SELECT table_name, days, judged_at',
  `FROM ${quoteTable(VERIFIED_DAYS.name)}`,
  'WHERE judged_on BETWEEN @from0 AND @to0',
  'ORDER BY judged_at, table_name',
].join('\n');
