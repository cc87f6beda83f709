import { createHash } from 'node:crypto';

/** Of a document's id: https://cloud.google.com/firestore/quotas#collections_documents_and_fields */
const LONGEST_BYTES = 1_500;

/**
 * A text as the id of a document: as it is, wherever Firestore takes it. Two texts never share an id: `%`
 * is always escaped, so that no text looks like another one escaped, and long ones go by their hash.
 */
export function documentId(text: string): string {
  const id = text
    .replaceAll('%', '%25')
    .replaceAll('/', '%2F')
    .replace(/^\.(?=\.?$)/, '%2E')
    .replace(/^_(?=_.*__$)/s, '%5F');
  if (id === '') return '%';
  if (Buffer.byteLength(id) <= LONGEST_BYTES) return id;
  return `%sha256-${hashOf(text)}`;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
