import { createHash } from 'node:crypto';
import { eachPiece, type Source } from './source';

/** SHA-256 (hex) of every byte. */
export async function fileHashOf(source: Source): Promise<string> {
  const hash = createHash('sha256');
  await eachPiece(source, { offset: 0, length: source.size }, (piece) => void hash.update(piece));
  return hash.digest('hex');
}
