import type { AlertMessage } from '../../core/messages.ts';
import { alertPath } from '../../page/alert-path.ts';

/** Where more of an alert is, and what it is called there: `logs`, `page`. */
export type AlertLink = Readonly<{ name: string; url: string }>;

/** The links of an alert; none where nothing is known that shows more of it. */
export type LinksOf = (alert: AlertMessage) => readonly AlertLink[];

export const NO_LINKS: LinksOf = () => [];

/** @param address of the page, without a slash at its end; null: there is none */
export function pageLink(address: string | null): LinksOf {
  if (address === null) return NO_LINKS;
  return (alert) => [{ name: 'page', url: `${address}${alertPath(alert)}` }];
}

/** A line each, for channels of plain text. */
export function linkLines(links: readonly AlertLink[]): readonly string[] {
  return links.map(({ name, url }) => `${name}: ${url}`);
}
