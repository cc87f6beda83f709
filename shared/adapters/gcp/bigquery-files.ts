import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { JobLoadMetadata } from '@google-cloud/bigquery';
import type { Column } from '../../core/column.ts';
import { PhasegateError } from '../../core/errors.ts';
import type { FileToLoad } from '../../ports/warehouse.ts';
import { fieldOf } from './bigquery-cells.ts';

/** How a file is to be read: BigQuery fills CSV columns by place, so the file's header decides theirs. */
export async function loadMetadata(file: FileToLoad): Promise<JobLoadMetadata> {
  const replace = { writeDisposition: 'WRITE_TRUNCATE', createDisposition: 'CREATE_IF_NEEDED' };
  if (file.format === 'parquet') {
    const schema = file.columns && { schema: { fields: file.columns.map(fieldOf) } };
    return { ...replace, sourceFormat: 'PARQUET', ...schema };
  }
  if (file.columns === null) {
    throw new PhasegateError('invalid-input', `${file.path}: a CSV file needs its columns named`);
  }
  const fields = (await columnsInFile(file.path, file.columns)).map(fieldOf);
  return {
    ...replace,
    sourceFormat: 'CSV',
    skipLeadingRows: 1,
    allowQuotedNewlines: true,
    schema: { fields },
  };
}

async function columnsInFile(path: string, columns: readonly Column[]): Promise<readonly Column[]> {
  const header = (await firstLine(path))
    .replace(/^\uFEFF/, '')
    .split(',')
    .map(unquoted);
  const missing = columns.filter(({ name }) => !header.includes(name));
  const [absent] = missing;
  if (absent)
    throw new PhasegateError('invalid-input', `${path}: the file has no column ${absent.name}`);
  return header.map((name) => {
    const column = columns.find((each) => each.name === name);
    if (column) return column;
    throw new PhasegateError('invalid-input', `${path}: the file's column ${name} is not expected`);
  });
}

async function firstLine(path: string): Promise<string> {
  const file = createReadStream(path);
  try {
    for await (const line of createInterface({ input: file })) return line;
    return '';
  } catch (error) {
    throw new PhasegateError('invalid-input', `${path} cannot be read`, error);
  } finally {
    file.destroy();
  }
}

function unquoted(name: string): string {
  return name.trim().replace(/^"(.*)"$/, '$1');
}
