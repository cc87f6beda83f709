import { openAnalyzer } from './analyzer.ts';
import { NoAnalyzer } from './analyzer-server.ts';
import { judgedStatements } from './judged-statements.ts';
import { selfCheck } from './self-check.ts';

const COULD_NOT_EVALUATE = 3;

try {
  const analyzer = await openAnalyzer();
  try {
    const untrusted = await selfCheck(analyzer);
    const { accepted, problems } = await judgedStatements(analyzer);
    const all = [...untrusted, ...problems];
    for (const problem of all) console.error(`googlesql: ${problem}`);
    console.log(`${accepted} statements accepted, ${all.length} problems`);
    process.exitCode = all.length === 0 ? 0 : 1;
  } finally {
    analyzer.close();
  }
} catch (error) {
  if (!(error instanceof NoAnalyzer)) throw error;
  console.error(`googlesql: NOT JUDGED: ${error.message}`);
  process.exitCode = COULD_NOT_EVALUATE;
}
