import { enableCompileCache } from 'node:module';
import { runCommandLine } from './command-line.ts';
import { terminal } from './output.ts';

enableCompileCache();

process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
