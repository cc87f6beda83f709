/** Whether two cells of answers are equal; a sum of FLOAT64 depends on the order of its rows in the last digits. */
export function isSameValue(one: unknown, other: unknown): boolean {
  const isFloat = typeof one === 'number' || typeof other === 'number';
  if (!isFloat || one === null || other === null) return String(one) === String(other);
  const [left, right] = [Number(one), Number(other)];
  return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
}
