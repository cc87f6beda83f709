/** `import … from 'x'`, `import 'x'`, `export … from 'x'`; what is imported as types only is gone when it runs. */
const STATIC = /^[ \t]*(?:import|export)(?!\s+type\b)(?:\s[^'";()=]*?\bfrom)?\s*'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;
const COMMENT_LINE = /^\s*(?:\/\*|\*|\/\/).*$/gm;

/** What a TypeScript source text imports when it runs, dynamic imports of a literal name included, each once. */
export function importsOf(source: string): readonly string[] {
  const code = source.replaceAll(COMMENT_LINE, '');
  const found = [STATIC, DYNAMIC].flatMap((form) =>
    [...code.matchAll(form)].map(([, name = '']) => name),
  );
  return [...new Set(found)];
}

/** Whether a source text imports something whose name is only known when it runs; then nobody can tell what it reaches. */
export function importsUnknown(source: string): boolean {
  return /\bimport\((?!\s*')|\bcreateRequire\b|\brequire\(/.test(
    source.replaceAll(COMMENT_LINE, ''),
  );
}

/** `@google-cloud/run/build/x.js` → `@google-cloud/run`; null for a file or what Node brings. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return null;
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
