import type { Damage } from '../codec';
import type { OggPage } from './ogg-pages';

/** The pages of one logical stream, the first to the last, and what is to be told of them. */
export interface OggLink {
  readonly pages: AsyncIterable<OggPage>;
  readonly damage: Damage;
}
