/**
 * Whether a text stays one expression wherever it is put between parentheses: its own parentheses
 * balance and never close more than they opened, and it holds no comment and no semicolon. Quoted
 * texts may hold anything.
 */
export function isOneExpression(sql: string): boolean {
  const bare = sql.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g, "''");
  if (/--|#|\/\*|;/.test(bare) || /["`]/.test(bare) || bare.replaceAll("''", '').includes("'")) {
    return false;
  }
  let depth = 0;
  for (const character of bare) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
