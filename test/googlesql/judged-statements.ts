import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { CHECK_KINDS } from '../../shared/core/checks/kinds.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { publishedTables, verifiedViewOf } from '../../shared/core/published.ts';
import type { Analyzer } from './analyzer.ts';
import { callSites } from './call-sites.ts';
import { catalogOf } from './catalog.ts';
import { rejectionText } from './rejection-text.ts';
import { type NamedStatement, statementsOf } from './statements.ts';

/** Files whose statements are judged, as `--pipeline` names them from the root of the checkout. */
const PIPELINES = ['nba', 'test/fixtures/tiny.yaml', 'test/fixtures/runs-and-questions.yaml'];

export type Judged = Readonly<{ accepted: number; problems: readonly string[] }>;

/**
 * Judges every statement of every pipeline. A problem is a rejected statement, and whatever was not
 * judged at all: a table, source or verified view that no statement names, a line of the shell that was never
 * reached, a kind of check that no pipeline has, days with a gap.
 */
export async function judgedStatements(analyzer: Analyzer): Promise<Judged> {
  const pipelines = PIPELINES.map((name) => readDefinitionFiles({ pipeline: name }).pipeline);
  const problems: string[] = [...missingKinds(pipelines)];
  const reached = new Set<string>();
  let accepted = 0;
  for (const pipeline of pipelines) {
    const catalog = catalogOf(pipeline);
    const named = new Set<string>();
    const statements = await statementsOf(pipeline);
    for (const { name, places, ...statement } of statements) {
      for (const place of places) reached.add(place);
      const analysis = await analyzer.analyze(statement, catalog);
      if (analysis.accepted) {
        accepted += 1;
        for (const table of analysis.reads.keys()) named.add(table);
      } else {
        problems.push(rejectionText(`${name} (${places[0]})`, statement.sql, analysis));
      }
    }
    problems.push(...missingSpans(pipeline, statements));
    const views = publishedTables(pipeline).map(({ name }) => verifiedViewOf(name));
    const declared = [...pipeline.sources, ...tablesOf(pipeline)].map(({ name }) => name);
    for (const name of [...declared, ...views]) {
      if (named.has(name)) continue;
      problems.push(`pipeline ${pipeline.name}: no accepted statement names ${name}`);
    }
  }
  for (const place of callSites()) {
    if (reached.has(place)) continue;
    problems.push(
      `${place} hands a statement to the warehouse that was not judged; reach it from test/googlesql/asking.ts`,
    );
  }
  return { accepted, problems };
}

/** Days with a gap are written otherwise than days in a row: as parameters, and as literals in a view. */
function missingSpans(
  pipeline: Pipeline,
  statements: readonly NamedStatement[],
): readonly string[] {
  const LITERAL_SPAN = /BETWEEN DATE '/g;
  const problemOf = (what: string) =>
    `pipeline ${pipeline.name}: no ${what} was judged over several spans of days; leave days out in test/googlesql/holdings.ts`;
  const isScanned = statements.some(({ paramTypes }) => 'from1' in paramTypes);
  const isShown = statements.some(({ sql }) => (sql.match(LITERAL_SPAN)?.length ?? 0) > 1);
  const hasViews = publishedTables(pipeline).length > 0;
  return [
    ...(isScanned ? [] : [problemOf('scan')]),
    ...(isShown || !hasViews ? [] : [problemOf('verified view')]),
  ];
}

function missingKinds(pipelines: readonly Pipeline[]): readonly string[] {
  const relations = pipelines.flatMap((each) => [...each.sources, ...tablesOf(each)]);
  const used = new Set(relations.flatMap(({ checks }) => checks.map(({ kind }) => kind)));
  return CHECK_KINDS.filter((kind) => !used.has(kind)).map(
    (kind) =>
      `check kind ${kind} is in none of ${PIPELINES.join(', ')}, so its statements were not judged; use it in one of them`,
  );
}
