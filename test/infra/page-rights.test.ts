import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.ts';
import { derived, hasTerraform } from './terraform.ts';

const READING = [
  'roles/bigquery.dataViewer',
  'roles/bigquery.jobUser',
  'roles/cloudscheduler.viewer',
  'roles/cloudtrace.agent',
  'roles/datastore.viewer',
  'roles/run.invoker',
  'roles/storage.objectViewer',
];

const granted = blocksOf('infra').filter(({ labels }) => labels[0]?.includes('_iam_'));
const rolesIn = (text: string) =>
  [...text.matchAll(/"(roles\/[\w.]+)"/g)].map(([, role = '']) => role);

describe.runIf(hasTerraform())('the account of the page', () => {
  it('has the rights to read, to ask BigQuery, to write traces, and no other', async () => {
    const { doorways } = await derived({ pipeline: 'shared/pipelines/nba.yaml' });
    const may = doorways.dashboard?.may ?? [];
    const own = granted.filter(({ text }) => {
      const words = [...text.matchAll(/local\.who_may\["([\w-]+)"\]/g)].map(
        ([, word = '']) => word,
      );
      const isEverybodys = /for_each = local\.(doorways|asks_bigquery)\n/.test(text);
      return (
        isEverybodys || text.includes('"dashboard"') || words.some((word) => may.includes(word))
      );
    });
    const roles = new Set(own.flatMap(({ text }) => rolesIn(text)));
    expect([...roles].sort()).toEqual(READING);
    expect(own.some(({ text }) => text.includes('custom_role'))).toBe(false);
  });

  it('invites operators and readers to the page and to the api, and the page to itself', () => {
    const invited = granted.filter(({ text }) =>
      text.includes('google_cloudfunctions2_function.dashboard.name'),
    );
    const who = invited.map(({ text }) => /(?:for_each|member)\s+= (.*)/.exec(text)?.[1]);
    expect(who.sort()).toEqual([
      'google_service_account.doorway["dashboard"].member',
      'setunion(var.operators, var.readers)',
    ]);
  });
});
