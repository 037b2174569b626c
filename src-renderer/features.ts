import { analytics } from './analytics';
import { calibration } from './calibration';
import { connections } from './connections';
import { libraries } from './libraries';
import { lidarr } from './lidarr';
import { models } from './models';
import { navidrome } from './navidrome';
import { playlists } from './playlists';
import { queue } from './queue';
import type { Feature } from './router';
import { settings } from './settings';
import { similarity } from './similarity';
import { tagging } from './tagging';
import { tracks } from './tracks';
import { welcome } from './welcome';

/** Everything that the window is made of, in the order of the sidebar and of the palette. */
export const FEATURES: readonly Feature[] = [
  tracks,
  tagging,
  queue,
  playlists,
  similarity,
  analytics,
  calibration,
  models,
  connections,
  navidrome,
  lidarr,
  settings,
  libraries,
  welcome,
];
