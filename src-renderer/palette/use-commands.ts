import type { Library } from '../../src-main/library/libraries/contract';
import { measureLibrary } from '../calibration/calibration-actions';
import { goTo } from '../frame/location';
import { SCREENS } from '../frame/screens';
import { scanLibrary } from '../libraries/library-actions';
import { useLibraries } from '../libraries/use-libraries';
import { dropDraft } from '../playlists/playlists-store';
import { pauseQueue, resumeQueue, retryFailed } from '../queue/queue-actions';
import { useQueueStatus } from '../queue/use-queue';
import { useFoundTracks } from '../tracks/use-tracks';
import { chooseTheme, type IconName, useLater } from '../ui';

/** One thing to go to or to do. */
export interface Command {
  id: string;
  title: string;
  icon: IconName;
  run(): void;
}
export interface CommandGroup {
  title: string;
  commands: readonly Command[];
}

const TYPING_PAUSE_MS = 120;

/**
 * What the words lead to: screens and actions by their names, tracks by the search. Groups with nothing are left out.
 */
export function useCommands(text: string): CommandGroup[] {
  const query = useLater(text, TYPING_PAUSE_MS);
  const found = useFoundTracks(query);
  const isPaused = useQueueStatus().data?.paused ?? false;
  const libraries = useLibraries().data ?? [];
  // Those of other words would be chosen by whoever types fast.
  const isFound = text.trim() !== '' && query === text && !found.isPlaceholderData;
  const tracks = isFound ? (found.data?.items ?? []) : [];
  const groups = [
    { title: 'Screens', commands: named(text, SCREEN_COMMANDS) },
    { title: 'Actions', commands: named(text, [...actions(isPaused), ...libraries.map(scan)]) },
    {
      title: 'Tracks',
      commands: tracks.map(({ id, title, artist }): Command => {
        const name = artist ? `${title}, ${artist}` : title;
        return { id: `track-${id}`, title: name, icon: 'wave', run: () => goTo({ screen: 'track', id }) };
      }),
    },
  ];
  return groups.filter(({ commands }) => commands.length > 0);
}

const SCREEN_COMMANDS: readonly Command[] = [
  ...SCREENS.map(({ screen, title, icon }) => ({ id: screen, title, icon, run: () => goTo({ screen }) })),
  { id: 'import', title: 'Import a playlist', icon: 'playlist', run: () => goTo({ screen: 'import' }) },
  { id: 'navidrome', title: 'Set up Navidrome', icon: 'connections', run: () => goTo({ screen: 'navidrome-config' }) },
];

const actions = (isPaused: boolean): Command[] => [
  isPaused
    ? { id: 'resume', title: 'Resume the queue', icon: 'play', run: () => void resumeQueue() }
    : { id: 'pause', title: 'Pause the queue', icon: 'pause', run: () => void pauseQueue() },
  { id: 'retry', title: 'Retry what failed', icon: 'retry', run: () => void retryFailed() },
  { id: 'playlist', title: 'New playlist', icon: 'add', run: newPlaylist },
  { id: 'measure', title: 'Measure the library for a calibration', icon: 'wave', run: () => void measureLibrary() },
  { id: 'light', title: 'Light colours', icon: 'sun', run: () => chooseTheme('light') },
  { id: 'dark', title: 'Dark colours', icon: 'moon', run: () => chooseTheme('dark') },
];

const scan = (library: Library): Command => ({
  id: `scan-${library.id}`,
  title: `Scan ${library.name}`,
  icon: 'refresh',
  run: () => void scanLibrary(library),
});

function newPlaylist() {
  dropDraft();
  goTo({ screen: 'playlist', id: 'new' });
}

/** Those whose name has every word, in any order. */
function named(text: string, commands: readonly Command[]): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
}
