import { describe, expect, it } from 'vitest';
import { gateJunit } from '../../../shared/core/view/gate-junit.ts';
import { escapeXml } from '../../../shared/core/view/junit.ts';
import { jan, judged } from '../explain/judged.ts';
import { pipeline, report, waiver } from './gate-report.ts';

const xml = gateJunit(report);
const caseOf = (table: string, id: string) =>
  new RegExp(
    `<testcase classname="${table}" name="${id}"(?:/>|>\\s*([\\s\\S]*?)\\s*</testcase>)`,
  ).exec(xml);

/** Names of elements that are opened and never closed, or the other way round; what is left of a well-formed text is nothing. */
function unbalanced(text: string): string[] {
  const open: string[] = [];
  for (const [, end, name = '', self] of text.matchAll(
    /<(\/?)([a-z-]+)(?:\s[a-z]+="[^"<>]*")*(\/?)>/g,
  )) {
    if (end === '') {
      if (self === '') open.push(name);
    } else if (open.pop() !== name) return [`/${name}`];
  }
  return open;
}

describe('a gate as JUnit', () => {
  it('is well-formed: every element is closed, and no other markup is left', () => {
    expect(unbalanced(xml)).toEqual([]);
    const bare = xml
      .replace(/^<\?xml [^?]*\?>/, '')
      .replaceAll(/<\/?[a-z-]+(?:\s[a-z]+="[^"<>]*")*\/?>/g, '')
      .replaceAll(/&(?:amp|lt|gt|quot|apos|#\d+);/g, '');
    expect(bare).not.toMatch(/[<>&]/);
  });

  it('has one case for each check, and its suites count them right', () => {
    const checks = report.tables.flatMap(({ judgement }) => judgement.checks);
    expect(xml.match(/<testcase /g)).toHaveLength(checks.length);
    const count = (word: string) =>
      [...xml.matchAll(new RegExp(`<testsuite [^>]*${word}="(\\d+)"`, 'g'))].reduce(
        (sum, [, n]) => sum + Number(n),
        0,
      );
    expect(count('tests')).toBe(checks.length);
    expect(count('failures')).toBe(xml.match(/<failure /g)?.length);
    expect(count('errors')).toBe(xml.match(/<error /g)?.length);
    expect(count('skipped')).toBe(1);
  });

  it('tells FAIL, UNKNOWN, waived days and warnings apart', () => {
    expect(caseOf('a.good', 'days')?.[1]).toBeUndefined();
    expect(caseOf('a.bad', 'days')?.[1]).toMatch(/^<failure message=/);
    expect(caseOf('a.absent', 'schema')?.[1]).toMatch(/^<error message=/);
    expect(caseOf('a.waived', 'days')?.[1]).toMatch(/^<skipped message="[^"]*waived/);
    expect(caseOf('a.bad', 'points-filled')?.[1]).toMatch(/^<system-out>WARN: /);
  });

  it('does not call a check skipped that is waived on other days than those it is judged on', () => {
    const only = (days: string) =>
      gateJunit({
        ...report,
        tables: [judged(pipeline, 'a.waived', [], { waivers: [{ ...waiver, days: jan(days) }] })],
      });
    expect(only('2')).toContain('<skipped');
    expect(only('20')).not.toContain('<skipped');
    expect(only('20')).toContain('<testcase classname="a.waived" name="days"/>');
  });

  it('gives a failure its days, samples and query', () => {
    const [, inner = ''] = caseOf('a.bad', 'points-filled') ?? [];
    expect(inner).toContain('sample: game_date=2022-01-03 team=&lt;A&amp;B&gt;');
    expect(inner).toContain('WHERE points &lt; 5 LIMIT 5');
  });
});

it('escapes markup and quotes, keeps line ends, and replaces what XML forbids', () => {
  expect(escapeXml(`<a b="c" d='e'>&\n\u0000\u001b\ud800\u{1f3c0}`)).toBe(
    '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;&#10;\ufffd\ufffd\ufffd\u{1f3c0}',
  );
});
