import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SlackMessage, slackMessage } from '../../shared/adapters/channels/slack-blocks.ts';
import { ALERT_SEVERITIES } from '../../shared/core/monitor/monitor.ts';
import { alertOf } from '../fixtures/people.ts';

const PARTS = {
  title: 'source raw.box lacks what is promised of it',
  about: 'monitor freshness',
  since: '2026-01-03T04:00:00.000Z',
  lines: ['on 2022-01-03..2022-01-05 (3 days)', 'raw.box days: 3/5; accepted: 100%'],
  next: 'npx phasegate load DIR --only raw_box',
};

type Block = Readonly<{ type: string; text?: Text; elements?: readonly Text[] }>;
type Text = Readonly<{ type: string; text: string }>;
const blocksOf = ({ blocks }: SlackMessage) => blocks as readonly Block[];
const textsOf = (message: SlackMessage) =>
  blocksOf(message).flatMap(({ text, elements = [] }) => [...(text ? [text] : []), ...elements]);

describe('a message for Slack', () => {
  it('says how loud and what, who says it and since when, the numbers, and the command to copy', () => {
    const alert = alertOf({ text: 'all of it', severity: 'warning', parts: PARTS });
    expect(slackMessage(alert, [{ name: 'logs', url: 'https://logs.example/1' }])).toEqual({
      text: 'all of it',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: `🟡 warning: ${PARTS.title}` } },
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: `*monitor freshness*  ·  since ${PARTS.since}  ·  <https://logs.example/1|logs>`,
            },
          ],
        },
        { type: 'section', text: { type: 'mrkdwn', text: PARTS.lines.join('\n') } },
        { type: 'section', text: { type: 'mrkdwn', text: `\`\`\`${PARTS.next}\`\`\`` } },
      ],
    });
  });

  it('of a release that sent text alone has its first line as the title, and loses no other', () => {
    const message = slackMessage(alertOf({ text: 'phase a is blocked\na.t: FAIL\na.u: FAIL' }), []);
    expect(textsOf(message).map(({ text }) => text)).toEqual([
      '🔴 error: phase a is blocked',
      'a.t: FAIL\na.u: FAIL',
    ]);
  });

  it('shows a title that is too long for a header as a whole below it', () => {
    const title = 'x'.repeat(400);
    const [header, section] = textsOf(slackMessage(alertOf({ text: title }), []));
    expect(header?.text.endsWith('…')).toBe(true);
    expect(section?.text).toBe(title);
  });

  it('fits in what Slack takes whatever it says, and what it says calls nobody and ends no code block', () => {
    const hostile = fc.array(
      fc.constantFrom(
        '<!channel>',
        '&',
        '<',
        '>',
        '```',
        '*',
        '\n',
        'ab',
        '🏀',
        '|',
        'x'.repeat(900),
      ),
      { maxLength: 40 },
    );
    const text = hostile.map((parts) => parts.join(''));
    const alerts = fc.record({
      text,
      severity: fc.constantFrom(...ALERT_SEVERITIES),
      parts: fc.record({
        title: text,
        about: fc.option(text),
        since: fc.option(text),
        lines: fc.array(text, { maxLength: 50 }),
        next: fc.option(text),
      }),
    });
    fc.assert(
      fc.property(alerts, (parts) => {
        const message = slackMessage(alertOf(parts), []);
        expect(message.text.length).toBeLessThanOrEqual(4000);
        expect(blocksOf(message).length).toBeLessThanOrEqual(50);
        for (const { type, text: each } of textsOf(message)) {
          expect(each.length).toBeLessThanOrEqual(type === 'plain_text' ? 150 : 3000);
          expect(each.length).toBeGreaterThan(0);
          expect(each).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
        }
        const last = blocksOf(message).at(-1)?.text?.text ?? '';
        if (parts.parts.next) expect(last.slice(3, -3)).not.toContain('```');
      }),
      { seed: 42, numRuns: 300 },
    );
  });
});
