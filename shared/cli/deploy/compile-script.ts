import type { Reach } from './reach.ts';

export const FRAMEWORK = '@google-cloud/functions-framework';

/** The script, and the folder that it fills, in a deployed source. Infra names the folder too, where Google puts the source. */
export const CACHE_SCRIPT = 'compile.js';
export const CACHE = 'compiled';

/** A function that does nothing, and that no deployment has. */
const NOTHING = 'compiles-nothing';
const SERVER = `./node_modules/${FRAMEWORK}/build/src`;

/**
 * A module that loads whatever functions may load, lazy imports included, and leaves in `CACHE` beside itself what Node has
 * compiled of it. It needs only what their source holds and brings, and asks nobody outside. A module that cannot be
 * loaded fails it: a function could not load it either.
 */
export function compileScript({ files, imported }: Reach): string {
  const own = [...files.keys()].sort().map((file) => `./${file}`);
  const modules = [`${SERVER}/main.js`, ...[...imported].sort(), ...own];
  return `import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '${CACHE}'));
// The server tells its options and listens to nobody; the functions do not look at their environment.
process.argv.splice(2, Infinity, '--help');
delete process.env.FUNCTION_TARGET;
${modules.map((name) => `await import('${name}');`).join('\n')}

// What the server imports only once it looks for a function, and once it has taken a message.
const { cloudEvent } = await import('${FRAMEWORK}');
const { getTestServer } = await import('${FRAMEWORK}/testing');
const { getUserFunction } = await import('${SERVER}/loader.js');
cloudEvent('${NOTHING}', () => {});
await getUserFunction(import.meta.dirname, '${NOTHING}', 'cloudevent');
const server = getTestServer('${NOTHING}').listen(0, '127.0.0.1');
await once(server, 'listening');
const url = 'http://127.0.0.1:' + server.address().port + '/projects/p/topics/t';
const headers = { 'content-type': 'application/json' };
const body = JSON.stringify({ subscription: 's', message: { messageId: '1', data: 'e30=' } });
const { ok, status } = await fetch(url, { method: 'POST', headers, body });
if (!ok) throw new Error('the server answered ' + status);
server.close();
server.closeAllConnections();
`;
}
