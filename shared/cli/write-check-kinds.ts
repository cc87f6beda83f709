import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkKindsPage } from './docs/check-kinds-page.ts';

writeFileSync(resolve(import.meta.dirname, '../../docs/check-kinds.md'), checkKindsPage());
