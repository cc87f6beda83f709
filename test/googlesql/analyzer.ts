import { z } from 'zod';
import {
  type AnalyzerServer,
  type CatalogProto,
  NoAnalyzer,
  startAnalyzer,
} from './analyzer-server.ts';
import type { CatalogTable } from './catalog.ts';
import { type ColumnsRead, columnsRead } from './columns-read.ts';
import { type TypeName, type TypeProto, typeName, typeProto } from './types.ts';

/** A statement and the type of each of its parameters, `ARRAY<STRING>` among them. */
export type TypedStatement = Readonly<{
  sql: string;
  paramTypes: Readonly<Record<string, TypeName>>;
}>;

export type Analysis =
  | Readonly<{
      accepted: true;
      /** Of a SELECT, in order; a MERGE puts out none. */
      outputColumns: readonly Readonly<{ name: string; type: TypeName }>[];
      /** By table, which columns' values the statement needs; see `columnsRead`. */
      reads: ColumnsRead;
    }>
  | Readonly<{ accepted: false; line: number; column: number; reason: string }>;

export type Analyzer = Readonly<{
  /** @throws NoAnalyzer when it gives no verdict, which is neither accepted nor rejected */
  analyze: (statement: TypedStatement, tables: readonly CatalogTable[]) => Promise<Analysis>;
  close: () => void;
}>;

/**
 * Google's own GoogleSQL analyzer: names, types, arity, grouping. It knows no quota and no required
 * day filter. Each list of tables is registered once.
 *
 * @throws NoAnalyzer when it is not installed or does not answer
 */
export async function openAnalyzer(): Promise<Analyzer> {
  const server = await startAnalyzer();
  const catalogs = new Map<readonly CatalogTable[], Promise<Readonly<{ registeredId: unknown }>>>();
  return {
    close: server.close,
    analyze: async ({ sql, paramTypes }, tables) => {
      const registered = catalogs.get(tables) ?? server.register(simpleCatalog(server, tables));
      catalogs.set(tables, registered);
      const { registeredId } = await registered;
      const options = {
        languageOptions: server.language,
        errorMessageMode: 'ERROR_MESSAGE_ONE_LINE',
        queryParameters: Object.entries(paramTypes).map(([name, type]) => ({
          name,
          type: typeProto(type),
        })),
      };
      try {
        const request = { registeredCatalogId: registeredId, sqlStatement: sql, options };
        const { resolvedStatement } = await server.analyze(request);
        return {
          accepted: true,
          outputColumns: outputColumnsOf(resolvedStatement),
          reads: columnsRead(
            resolvedStatement,
            tables.map(({ name }) => name),
          ),
        };
      } catch (error) {
        return rejectionOf(error);
      }
    },
  };
}

/** `dataset.table` is found both as one quoted name and as a path. */
function simpleCatalog(server: AnalyzerServer, tables: readonly CatalogTable[]): CatalogProto {
  const table = tables.map(({ name, columns }, index) => ({
    name,
    serializationId: index + 1,
    column: columns.map((column) => ({
      name: column.name,
      type: typeProto(column.type),
      isWritableColumn: true as const,
    })),
  }));
  const datasets = Map.groupBy(table, ({ name }) => name.slice(0, name.indexOf('.')));
  return {
    name: 'project',
    builtinFunctionOptions: { languageOptions: server.language },
    table,
    catalog: [...datasets].map(([name, own]) => ({
      name,
      catalog: [],
      table: own.map((each) => ({ ...each, name: each.name.slice(name.length + 1) })),
    })),
  };
}

const typeShape: z.ZodType<TypeProto> = z.lazy(() =>
  z.object({
    typeKind: z.number(),
    arrayType: z.object({ elementType: typeShape }).nullable().default(null),
  }),
);
const queryShape = z.object({
  resolvedQueryStmtNode: z.object({
    outputColumnList: z.array(
      z.object({ name: z.string(), column: z.object({ type: typeShape }) }),
    ),
  }),
});
const mergeShape = z.object({ resolvedMergeStmtNode: z.object({}) });

function outputColumnsOf(statement: unknown) {
  if (mergeShape.safeParse(statement).success) return [];
  const { outputColumnList } = queryShape.parse(statement).resolvedQueryStmtNode;
  return outputColumnList.map(({ name, column }) => ({ name, type: typeName(column.type) }));
}

/** gRPC's INVALID_ARGUMENT, NOT_FOUND, OUT_OF_RANGE and UNIMPLEMENTED: the statement is at fault. */
const REJECTIONS = [3, 5, 11, 12];
const rejection = z.object({ code: z.number(), details: z.string() });

function rejectionOf(error: unknown): Analysis {
  const { data } = rejection.safeParse(error);
  if (data === undefined) throw error;
  if (!REJECTIONS.includes(data.code)) {
    throw new NoAnalyzer(`the analyzer failed with gRPC status ${data.code}: ${data.details}`);
  }
  const [, line, column] = /\[at (\d+):(\d+)\]/.exec(data.details) ?? [];
  const reason = data.details.replace(/ \[at \d+:\d+\]$/, '');
  return { accepted: false, line: Number(line ?? 1), column: Number(column ?? 1), reason };
}
