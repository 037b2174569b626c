import type { Fields } from './fields';
import type { Condition, SmartPlaylist } from './rules/contract';

/** What a template asks of a score of ours: above or below a number. */
type Ask = readonly [key: string, operator: 'gt' | 'lt', value: number];

interface Template {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly asks: readonly Ask[];
  /** Left away where no head answers them. */
  readonly also: readonly Ask[];
  readonly limit: number;
}

/**
 * Playlists to begin with, in scores that our heads give: id, name, description, limit, asks, and those of less weight.
 */
const LINES: readonly (readonly [string, string, string, number, readonly Ask[], (readonly Ask[])?])[] = [
  [
    'happy-energetic',
    'Happy & Energetic',
    'Happy tracks that move',
    100,
    [
      ['happy', 'gt', 0.6],
      ['danceable', 'gt', 0.6],
    ],
  ],
  [
    'sad-melancholic',
    'Sad & Melancholic',
    'Sad tracks, and none that is happy too',
    100,
    [['sad', 'gt', 0.6]],
    [['happy', 'lt', 0.4]],
  ],
  ['relaxed-calm', 'Relaxed & Calm', 'To come to rest', 150, [['relaxed', 'gt', 0.6]], [['aggressive', 'lt', 0.3]]],
  [
    'aggressive-intense',
    'Aggressive & Intense',
    'Loud and angry',
    100,
    [['aggressive', 'gt', 0.6]],
    [['relaxed', 'lt', 0.3]],
  ],
  [
    'bright-electronic',
    'Bright Electronic',
    'Electronic with a bright timbre',
    100,
    [
      ['electronic', 'gt', 0.6],
      ['bright', 'gt', 0.6],
    ],
  ],
  [
    'dark-acoustic',
    'Dark Acoustic',
    'Acoustic with a dark timbre',
    100,
    [
      ['acoustic', 'gt', 0.6],
      ['bright', 'lt', 0.4],
    ],
  ],
  ['highly-danceable', 'Highly Danceable', 'What nobody sits through', 150, [['danceable', 'gt', 0.8]]],
  [
    'ambient-atmospheric',
    'Ambient & Atmospheric',
    'Relaxed, without voices',
    100,
    [
      ['relaxed', 'gt', 0.6],
      ['voice', 'lt', 0.4],
    ],
    [['danceable', 'lt', 0.4]],
  ],
  [
    'approachable-engaging',
    'Approachable but Engaging',
    'Easy to like, hard to ignore',
    100,
    [
      ['approachable', 'gt', 0.6],
      ['engaging', 'gt', 0.6],
    ],
  ],
  [
    'challenging-listen',
    'Challenging Listen',
    'Off the beaten track',
    75,
    [['approachable', 'lt', 0.4]],
    [['engaging', 'gt', 0.5]],
  ],
  ['high-engagement', 'High Engagement', 'Music that asks for attention', 100, [['engaging', 'gt', 0.7]]],
  [
    'easy-listening',
    'Easy Listening',
    'Approachable and relaxed',
    150,
    [
      ['approachable', 'gt', 0.6],
      ['relaxed', 'gt', 0.5],
    ],
  ],
  [
    'party-mix',
    'Party Mix',
    'For a full room',
    150,
    [
      ['party', 'gt', 0.6],
      ['danceable', 'gt', 0.6],
    ],
  ],
  [
    'chill-acoustic',
    'Chill Acoustic',
    'Acoustic and relaxed',
    100,
    [
      ['acoustic', 'gt', 0.6],
      ['relaxed', 'gt', 0.6],
    ],
  ],
  [
    'upbeat-electronic',
    'Upbeat Electronic',
    'Electronic and happy',
    100,
    [
      ['electronic', 'gt', 0.6],
      ['happy', 'gt', 0.5],
    ],
    [['danceable', 'gt', 0.5]],
  ],
  [
    'mellow-electronic',
    'Mellow Electronic',
    'Electronic and relaxed',
    100,
    [
      ['electronic', 'gt', 0.6],
      ['relaxed', 'gt', 0.5],
    ],
  ],
];

const TEMPLATES = LINES.map(
  ([id, name, description, limit, asks, also = []]): Template => ({ id, name, description, limit, asks, also }),
);

export interface ReadyTemplate {
  readonly id: string;
  readonly description: string;
  readonly playlist: SmartPlaylist;
}

/** The templates whose scores this library has, as playlists in its own fields. */
export function readyTemplates(fields: Fields): ReadyTemplate[] {
  return TEMPLATES.flatMap(({ id, name, description, asks, also, limit }) => {
    const needed = asks.map((ask) => conditionOf(ask, fields));
    if (needed.includes(undefined)) return [];
    const all = [...needed, ...also.map((ask) => conditionOf(ask, fields))].filter((rule) => rule !== undefined);
    const comment = `${description}. Made by Tonearm.`;
    return [{ id, description, playlist: { name, comment, rules: { all }, sort: 'random', limit } }];
  });
}

function conditionOf([key, operator, value]: Ask, { own }: Fields): Condition | undefined {
  const field = own.find((each) => each.own!.key === key);
  return field && { field: field.name, operator, value };
}
