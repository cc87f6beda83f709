import type { RunReport } from '../../core/report.ts';

/** What held the run back: for each table, the blocking checks that fail, and their days. */
export function reasons({ checks }: RunReport): string[] {
  return [...checks].flatMap(([table, all]) => {
    const trouble = all.filter(
      ({ verdict, severity }) => verdict === 'FAIL' && severity === 'block',
    );
    return trouble.map(
      ({ id, message, days }) => `${table} ${id}: ${message}; on ${days.slice(0, 3).join(', ')}`,
    );
  });
}
