import type { FieldView } from '../../src-main/discovery/playlists/contract';
import type { Operator } from '../../src-main/discovery/playlists/rules/contract';

export const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  is: 'is',
  isNot: 'is not',
  gt: 'is above',
  gte: 'is at least',
  lt: 'is below',
  lte: 'is at most',
  before: 'is before',
  after: 'is after',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  inTheRange: 'is between',
  inTheLast: 'is in the last',
  notInTheLast: 'is not in the last',
  inPlaylist: 'has the track',
  notInPlaylist: 'does not have the track',
  isMissing: 'is not there',
  isPresent: 'is there',
};

export const GROUP_TITLES: readonly (readonly [FieldView['group'], string])[] = [
  ['heard', 'Detected by Tonearm'],
  ['text', 'Text'],
  ['role', 'People'],
  ['tag', 'Tags of the file'],
  ['number', 'Numbers'],
  ['date', 'Dates'],
  ['boolean', 'Yes or no'],
  ['album', 'Album and artist'],
  ['playlist', 'Playlists'],
];
