#!/usr/bin/env node
// Starts Phasegate in the project's own Node 24, whatever Node started this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const own = here('../../node_modules/node/bin/node');
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;
const node = isNewEnough ? process.execPath : own;
if (!existsSync(node)) {
  console.error('Phasegate needs Node 24, which `npm ci` brings. Run: npm rebuild node');
  process.exit(2);
}
const child = spawn(node, [here('./main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
