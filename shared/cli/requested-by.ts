/** Who asks for something: whom a person named, otherwise the user of this shell. */
export function requestedBy(by?: string): string {
  return by ?? process.env.USER ?? 'cli';
}
