import type { CheckJudgement } from '../judge/facts.ts';

/** The parts of a gate's report, in their order. */
export const SECTIONS = [
  'Counts',
  'Feature coverage',
  'Quality',
  'Regression',
  'Cross-layer',
] as const;
export type Section = (typeof SECTIONS)[number];

type Kind = CheckJudgement['kind'];

/** Where each kind of check is reported. A kind that is missing here does not compile. */
const SECTION_OF: Readonly<Record<Kind, Section>> = {
  'day-coverage': 'Counts',
  'days-succeeded': 'Counts',
  'distinct-games': 'Counts',
  freshness: 'Counts',
  'grain-coverage': 'Counts',
  'one-day': 'Counts',
  placed: 'Counts',
  'row-count': 'Counts',
  unique: 'Counts',
  written: 'Counts',
  'not-null': 'Feature coverage',
  varies: 'Feature coverage',
  applies: 'Quality',
  'category-share': 'Quality',
  condition: 'Quality',
  'day-in-id': 'Quality',
  distribution: 'Quality',
  'fallback-share': 'Quality',
  'group-condition': 'Quality',
  'group-identity': 'Quality',
  identity: 'Quality',
  lifecycle: 'Quality',
  metric: 'Quality',
  pattern: 'Quality',
  'production-ready': 'Quality',
  range: 'Quality',
  schema: 'Quality',
  sql: 'Quality',
  drift: 'Regression',
  outliers: 'Regression',
  regression: 'Regression',
  'sudden-change': 'Regression',
  trend: 'Regression',
  agreement: 'Cross-layer',
  fresh: 'Cross-layer',
  'layer-coverage': 'Cross-layer',
  'point-in-time': 'Cross-layer',
  references: 'Cross-layer',
};

export function sectionOf(kind: Kind): Section {
  return SECTION_OF[kind];
}
