import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Opens a closed warehouse file as anyone with DuckDB can: nothing of ours is loaded, and it notes nothing. */
export async function inPlainFile<Result>(
  file: string,
  use: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    threads: '2',
    temp_directory: `${file}.plain`,
  });
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS plain; USE plain`);
    const result = await use(connection);
    await connection.run('USE memory; DETACH plain');
    return result;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
