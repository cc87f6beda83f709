import { expect, it } from 'vitest';
import { html } from '../../shared/page/markup.ts';
import { reportPictures } from '../../shared/page/report-pictures.ts';
import { report } from '../core/view/gate-report.ts';

const { markup } = html`${reportPictures(report.tables, [])}`;

it('a report has a picture of the days of each season, in which each judged table has its row', () => {
  const seasons = report.schedule.calendar.seasons.map(({ season }) => `Season ${season}:`);
  expect(seasons.length).toBeGreaterThan(0);
  for (const season of seasons) expect(markup).toContain(season);
  for (const { facts } of report.tables) expect(markup).toContain(facts.table.name);
});

it('its pictures ask for nothing from anywhere', () => {
  expect(markup).toContain('<svg');
  expect(markup).not.toMatch(/<script|<image|(?:src|href)="|url\(/);
});

it('of a run that no gate has judged there is none of its days', () => {
  expect(reportPictures([], [])).toEqual([]);
});
