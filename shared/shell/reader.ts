import type { EvidenceStatement } from '../core/evidence.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { Row, Statement, Warehouse } from '../ports/warehouse.ts';

/** Runs the statements of one reading: each with its own deterministic job, labelled, capped, and kept as evidence. */
export type Reader = Readonly<{
  /** Bytes that the statement would read. Free. */
  dryRun: (statement: Statement) => Promise<number>;
  /**
   * @param purpose letters, digits and `-`; part of the job id
   * @param version what the answer depends on beside the text: asked again under the same version,
   *   the same job answers
   */
  query: (purpose: string, statement: Statement, version?: string) => Promise<readonly Row[]>;
  statements: readonly EvidenceStatement[];
}>;

export type ReaderOptions = Readonly<{
  /** Names the reading: letters, digits, `-` and `_`. */
  id: string;
  labels: Readonly<Record<string, string>>;
  maximumBytes: number;
  /** Longer than this nobody waits for one statement: `pending`. */
  waitMilliseconds?: number;
}>;

export function readerOf(warehouse: Warehouse, options: ReaderOptions): Reader {
  const { id, labels, maximumBytes, waitMilliseconds } = options;
  const statements: EvidenceStatement[] = [];
  const predicted = new Map<string, number>();
  const textOf = ({ sql, params }: Statement) => JSON.stringify([sql, params]);
  return {
    statements,
    dryRun: async (statement) => {
      const { bytesProcessed } = await warehouse.dryRun(statement);
      predicted.set(textOf(statement), bytesProcessed);
      return bytesProcessed;
    },
    query: async (purpose, statement, version = '') => {
      const text = textOf(statement);
      const jobId = `${id}-${purpose}-${fingerprint(text + version)}`;
      const answer = await warehouse.query(statement, {
        jobId,
        labels,
        maximumBytes,
        ...(waitMilliseconds === undefined ? {} : { waitMilliseconds }),
      });
      const { bytesProcessed, bytesBilled } = answer;
      statements.push({
        purpose,
        sql: statement.sql,
        params: statement.params,
        jobId,
        bytesPredicted: predicted.get(text) ?? bytesProcessed,
        bytesProcessed,
        bytesBilled,
      });
      return answer.rows;
    },
  };
}
