import { partsOf } from '../../core/alerts/alert-parts.ts';
import type { AlertMessage } from '../../core/messages.ts';
import type { AlertSeverity } from '../../core/monitor/monitor.ts';
import type { AlertLink } from './alert-links.ts';

const SIGNS: Readonly<Record<AlertSeverity, string>> = {
  info: '🔵',
  warning: '🟡',
  error: '🔴',
  critical: '🚨',
};

/** https://docs.slack.dev/reference/block-kit/blocks/header-block, and of any other text. */
const LONGEST_HEADER = 150;
const LONGEST_SECTION = 3000;
/** What Slack advises for the text that notifications show: https://docs.slack.dev/changelog/2018-truncating-really-long-messages. */
const LONGEST_TEXT = 4000;

/** A message of Slack: https://docs.slack.dev/reference/block-kit. What is too long for it is cut. */
export type SlackMessage = Readonly<{ text: string; blocks: readonly object[] }>;

/** @param links where more of it is */
export function slackMessage(alert: AlertMessage, links: readonly AlertLink[]): SlackMessage {
  const severity = alert.severity ?? 'error';
  const { title, about, since, lines, next } = partsOf(alert);
  const head = `${SIGNS[severity]} ${severity}: ${title}`;
  const isCut = escaped(head, LONGEST_HEADER).endsWith(CUT);
  const context = [
    ...(about === null ? [] : [`*${escaped(about, LONGEST_HEADER)}*`]),
    ...(since === null ? [] : [`since ${escaped(since, LONGEST_HEADER)}`]),
    ...links.map(({ name, url }) => `<${url}|${name}>`),
  ].join('  ·  ');
  const body = [...(isCut ? [title] : []), ...lines].join('\n');
  const command = next === null ? '' : next.replaceAll('```', "'''");
  return {
    text: escaped(alert.text, LONGEST_TEXT),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: escaped(head, LONGEST_HEADER) } },
      ...(context === '' ? [] : [{ type: 'context', elements: [markdown(context)] }]),
      ...(body === '' ? [] : [section(escaped(body, LONGEST_SECTION))]),
      ...(command === '' ? [] : [section(`\`\`\`${escaped(command, LONGEST_SECTION - 6)}\`\`\``)]),
    ],
  };
}

const markdown = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: markdown(text) });

const CUT = '…';

/**
 * A message's own text must not call people or hide a link: https://docs.slack.dev/messaging/formatting-message-text#escaping.
 *
 * @param longest of the result; a character is written whole or not at all
 */
function escaped(text: string, longest: number): string {
  const all = [...text].map((character) => ESCAPES[character] ?? character);
  if (all.join('').length <= longest) return all.join('');
  let length = CUT.length;
  const kept = all.findIndex((each) => {
    length += each.length;
    return length > longest;
  });
  return `${all.slice(0, kept).join('')}${CUT}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
