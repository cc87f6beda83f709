import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { TypeProto } from './types.ts';

/** What we ask of the package; it has many more fields, all optional. */
export type LanguageProto = Readonly<Record<string, unknown>>;
export type CatalogProto = Readonly<{
  name: string;
  builtinFunctionOptions?: Readonly<{ languageOptions: LanguageProto }>;
  table: readonly Readonly<{
    name: string;
    serializationId: number;
    column: readonly Readonly<{ name: string; type: TypeProto; isWritableColumn: true }>[];
  }>[];
  catalog: readonly CatalogProto[];
}>;
export type AnalyzeRequest = Readonly<{
  registeredCatalogId: unknown;
  sqlStatement: string;
  options: Readonly<Record<string, unknown>>;
}>;

export type AnalyzerServer = Readonly<{
  language: LanguageProto;
  register: (catalog: CatalogProto) => Promise<Readonly<{ registeredId: unknown }>>;
  analyze: (request: AnalyzeRequest) => Promise<Readonly<{ resolvedStatement: unknown }>>;
  close: () => void;
}>;

type Client = Readonly<{
  testConnection: () => Promise<boolean>;
  registerCatalog: (
    request: Readonly<{ simpleCatalog: CatalogProto }>,
  ) => ReturnType<AnalyzerServer['register']>;
  analyze: AnalyzerServer['analyze'];
}>;
type Package = Readonly<{
  ZetaSQLClient: Readonly<{ init: (port: number) => void; getInstance: () => Client }>;
  LanguageOptions: new () => Readonly<{
    enableMaximumLanguageFeatures: () => Promise<unknown>;
    serialize: () => LanguageProto;
  }>;
}>;

/** The analyzer is not there or does not answer: nothing can be said of any statement. */
export class NoAnalyzer extends Error {}

/** Statements that BigQuery runs as one query job and that we write. */
const STATEMENT_KINDS = ['RESOLVED_QUERY_STMT', 'RESOLVED_MERGE_STMT'];

type Limits = { util: { recursionLimit: number }; Reader: { recursionLimit: number } };

const DEEPEST_MESSAGE = 2000;
const PACKAGE = '@fivetrandevelopers/zetasql';
const here = createRequire(import.meta.url);

/**
 * Starts the analyzer of `@fivetrandevelopers/zetasql` on a free port of this machine, one at a time
 * in a process. It ends with `close`, or with this process.
 *
 * @throws NoAnalyzer when the package is not installed in this folder, or its analyzer does not start
 */
export async function startAnalyzer(): Promise<AnalyzerServer> {
  const { ZetaSQLClient, LanguageOptions } = installed();
  const port = await freePort();
  const server = spawn(program(), ['localhost', String(port)], { stdio: 'ignore' });
  const close = () => void server.kill('SIGKILL');
  process.once('exit', close);
  try {
    ZetaSQLClient.init(port);
    const client = ZetaSQLClient.getInstance();
    await Promise.race([ended(server), answered(client)]);
    const options = new LanguageOptions();
    await options.enableMaximumLanguageFeatures();
    return {
      language: {
        ...options.serialize(),
        productMode: 'PRODUCT_EXTERNAL',
        reservedKeywords: ['QUALIFY'],
        supportedStatementKinds: STATEMENT_KINDS,
      },
      register: (simpleCatalog) => client.registerCatalog({ simpleCatalog }),
      analyze: (request) => client.analyze(request),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function installed(): Package {
  try {
    allowDeepAnswers();
    return here(PACKAGE);
  } catch (error) {
    const isMissing = z.object({ code: z.literal('MODULE_NOT_FOUND') }).safeParse(error).success;
    if (!isMissing) throw error;
    throw new NoAnalyzer(
      'the analyzer is not installed in test/googlesql; run: npm ci --prefix test/googlesql',
    );
  }
}

/** A resolved statement nests more than the 100 messages that protobufjs reads unless told otherwise. */
function allowDeepAnswers(): void {
  const loader = createRequire(here.resolve(PACKAGE)).resolve('@grpc/proto-loader');
  const protobuf: Limits = createRequire(loader)('protobufjs');
  protobuf.util.recursionLimit = DEEPEST_MESSAGE;
  protobuf.Reader.recursionLimit = DEEPEST_MESSAGE;
}

/** The package's own start writes to our standard output and never tells how it went. */
function program(): string {
  const arm = process.arch.startsWith('arm') ? '_arm' : '';
  const linux = process.platform === 'darwin' ? '' : '.so';
  return join(dirname(here.resolve(PACKAGE)), `zetasql/remote_server${arm}${linux}`);
}

async function answered(client: Client): Promise<void> {
  if (!(await client.testConnection())) throw new NoAnalyzer('the analyzer gave no answer in 8 s');
}

function ended(server: ChildProcess): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const fail = (how: unknown) => reject(new NoAnalyzer(`the analyzer does not start: ${how}`));
  server.once('error', fail);
  server.once('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
  promise.catch(() => undefined);
  return promise;
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', reject);
  server.listen(0, 'localhost', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close(() => resolve(port));
  });
  return promise;
}
