import { expect, it } from 'vitest';
import { pageLink } from '../../shared/adapters/channels/alert-links.ts';
import { slackMessage } from '../../shared/adapters/channels/slack-blocks.ts';
import { alertPath } from '../../shared/page/alert-path.ts';
import { RUN } from '../core/build.ts';
import { alertOf } from '../fixtures/people.ts';

it.each([
  [{ run: RUN, key: `${RUN}/analytics/1` }, `/runs/${RUN}`],
  [{ run: null, key: 'monitor/daily/source/raw.box/new/2026' }, '/monitors/daily'],
  [{ run: null, key: 'test/channels/2026' }, '/monitors'],
  [{ run: null, key: 'dead/phasegate-start/7' }, '/'],
  [{ run: null, key: 'digest/silent' }, '/'],
  [{ run: null, key: '' }, '/'],
])('what %j is about is shown at %s', (alert, path) => {
  expect(alertPath(alert)).toBe(path);
});

it('an alert links to its view in Slack where the page has an address, and nowhere otherwise', () => {
  const alert = alertOf({ run: RUN });
  const said = (page: string | null) => JSON.stringify(slackMessage(alert, pageLink(page)(alert)));
  expect(said('https://page.example')).toContain(`<https://page.example/runs/${RUN}|page>`);
  expect(said(null)).not.toContain('|page>');
});
