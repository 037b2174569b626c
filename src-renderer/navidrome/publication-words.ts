import type { Publication } from '../../src-main/servers/publishing/contract';
import type { Tone } from '../ui';

export const PUBLISHED = {
  published: ['good', 'as published'],
  changed_there: ['warn', 'changed there'],
  gone: ['warn', 'deleted there'],
  failed: ['bad', 'failed'],
} as const satisfies Record<Publication['state'], readonly [Tone, string]>;

export const HOW: Readonly<Record<Publication['how'], string>> = {
  smart: 'smart playlist',
  file: 'file',
  static: 'list of tracks',
};
