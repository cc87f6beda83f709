import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemFacts } from './deploy/system-facts.ts';

writeFileSync(
  resolve(import.meta.dirname, '../../infra/derived/system.json'),
  `${JSON.stringify(systemFacts(), null, 2)}\n`,
);
