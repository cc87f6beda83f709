/** How a test case came out: `error` is what could not be evaluated, and `warned` has passed and says so. */
export type JunitEnd = 'passed' | 'warned' | 'failure' | 'error' | 'skipped';

export type JunitCase = Readonly<{
  id: string;
  kind: string;
  end: JunitEnd;
  /** In one line, and all that there is to say. */
  message: string;
  detail: string;
}>;

/** Cases of one table; `at` is an ISO instant. */
export type JunitSuite = Readonly<{ table: string; at: string; cases: readonly JunitCase[] }>;

/** Suites as JUnit XML, one test suite a table and one test case a check. */
export function junitXml(name: string, suites: readonly JunitSuite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(name)}">`,
    ...suites.map(suiteXml),
    '</testsuites>',
  ].join('\n');
}

function suiteXml({ table, at, cases }: JunitSuite): string {
  const count = (end: JunitEnd) => cases.filter((each) => each.end === end).length;
  return [
    `  <testsuite name="${escapeXml(table)}" tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" timestamp="${at.slice(0, 19)}">`,
    ...cases.map((each) => caseXml(table, each)),
    '  </testsuite>',
  ].join('\n');
}

function caseXml(table: string, { id, kind, end, message, detail }: JunitCase): string {
  const open = `    <testcase classname="${escapeXml(table)}" name="${escapeXml(id)}"`;
  if (end === 'passed') return `${open}/>`;
  const attributes = `message="${escapeXml(message)}" type="${escapeXml(kind)}"`;
  const inner = {
    warned: `<system-out>${escapeXml(`WARN: ${detail}`)}</system-out>`,
    failure: `<failure ${attributes}>${escapeXml(detail)}</failure>`,
    error: `<error ${attributes}>${escapeXml(detail)}</error>`,
    skipped: `<skipped message="${escapeXml(message)}"/>`,
  }[end];
  return `${open}>\n      ${inner}\n    </testcase>`;
}

/** As XML 1.0 takes text and attributes: markup escaped, characters that it forbids replaced. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;')
      .replaceAll('\n', '&#10;')
      .replaceAll('\t', '&#9;')
      .replaceAll('\r', '&#13;')
  );
}
