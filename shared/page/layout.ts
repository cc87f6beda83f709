import { html, type Markup } from './markup.ts';
import { AUDIT, MONITORS, NOW, RUNS, TABLES } from './paths.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** A view of the page. While it `isLive` it is asked for again every few seconds. */
export type Page = Readonly<{ title: string; body: Markup; isLive: boolean }>;

const VIEWS = [
  [NOW, 'Now'],
  [RUNS, 'Runs'],
  [TABLES, 'Tables'],
  [MONITORS, 'Monitors'],
  [AUDIT, 'Audit'],
] as const;

/** Without JavaScript a live view is asked for again by the browser itself. */
const PATIENT_SECONDS = 30;

/**
 * A whole document, with its style and its script and nothing from elsewhere.
 *
 * @param path of this view, by which its place in the navigation is known
 * @param told when it was made, and in which zone its times are, for people
 */
export function documentOf(page: Page, path: string, told: string): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Phasegate</title>
${page.isLive && html`<noscript><meta http-equiv="refresh" content="${PATIENT_SECONDS}"></noscript>`}
<style>${{ markup: STYLE }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<a class="brand" href="${NOW}">Phasegate</a>
<nav aria-label="Views">${VIEWS.map(([to, name]) => html`<a href="${to}"${isAt(to, path) ? html` aria-current="page"` : null}>${name}</a>`)}</nav>
</header>
<main id="main"${page.isLive && html` data-live`}>
<h1>${page.title}</h1>
${page.body}
</main>
<footer><p>${told}</p></footer>
<script>${{ markup: SCRIPT }}</script>
</body>
</html>
`;
  return markup;
}

function isAt(view: string, path: string): boolean {
  return view === NOW ? path === NOW : path === view || path.startsWith(`${view}/`);
}
