import { appendFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';

/**
 * Loaded before the command line in every process of a story. A job writes down that it was executed. A start
 * counts the statements by which it changes its state file, and ends as by `kill -9` before the one it was given.
 */
const [, , command] = process.argv;
const { KILLS_EXECUTIONS = '', KILLS_STATEMENTS = '', KILLS_AT_STATEMENT = '' } = process.env;

if (command === 'job') {
  appendFileSync(KILLS_EXECUTIONS, `${process.env.PHASEGATE_LAUNCH} ${process.pid}\n`);
}
if (command === 'start') countWrites(Number(KILLS_AT_STATEMENT || 'Infinity'));

/** Only statements that change something: how often a run is looked at depends on the machine. */
function countWrites(last: number): void {
  const { run } = StatementSync.prototype;
  const { exec } = DatabaseSync.prototype;
  let count = 0;
  const counted = () => {
    count += 1;
    if (count >= last) process.kill(process.pid, 'SIGKILL');
  };
  StatementSync.prototype.run = function (this: StatementSync, ...values: SQLInputValue[]) {
    counted();
    return run.apply(this, values as unknown as Parameters<typeof run>);
  } as typeof run;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    if (!/^(BEGIN|COMMIT|ROLLBACK)/.test(sql)) counted();
    return exec.call(this, sql);
  };
  process.on('exit', () => writeFileSync(KILLS_STATEMENTS, String(count)));
}
