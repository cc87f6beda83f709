import { type Lock, prunedLock } from './prune-lock.ts';

const UNTOLD = 'not told';

/**
 * The page of licences: what is installed with the dependencies, by licence as each package's lock entry tells it.
 *
 * @param dependencies names; development's own are no part of it
 */
export function licencesPage(lock: Lock, dependencies: Readonly<Record<string, string>>): string {
  const { packages } = prunedLock(lock, dependencies);
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const byLicence = Map.groupBy(installed, ([, { license }]) => license ?? UNTOLD);
  const rows = [...byLicence]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, found]) => {
      const names = found.map(([path, { version }]) => `${nameOf(path)}@${version}`);
      return `| ${licence} | ${[...new Set(names)].sort().join(', ')} |`;
    });
  return `# Licences

What a checkout installs to run, with all that it brings; tools of development are not in it. Written by \`npm run licences\` from
\`package-lock.json\`. What is deployed holds less: neither DuckDB nor polyglot ([deploy.md](deploy.md)).

| licence | packages |
|---|---|
${rows.join('\n')}
`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
