import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withInfo } from './info-chunk';
import type { PieceOptions } from './piece';
import { renderPiece } from './synthesize';
import { encodeWav } from './wav';

interface DemoPiece extends Pick<PieceOptions, 'style' | 'bpm' | 'key' | 'scale'> {
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly genre: string;
}

const SECONDS = 30;
const SAMPLE_RATE = 22_050;

const PIECES: readonly DemoPiece[] = [
  piece('The Oscillators', 'First Light', 'rock', 'Gravel Road', 132, 'A', 'minor', 'Rock'),
  piece('The Oscillators', 'First Light', 'ballad', 'What the Piano Knew', 66, 'F', 'major', 'Ballad'),
  piece('The Oscillators', 'First Light', 'folk', 'Barn Window', 104, 'G', 'major', 'Folk'),
  piece('Square Wave', 'Warehouse', 'house', 'Four Floors Down', 124, 'D', 'minor', 'House'),
  piece('Square Wave', 'Warehouse', 'drumAndBass', 'Night Bus', 174, 'E', 'minor', 'Drum & Bass'),
  piece('Square Wave', 'Warehouse', 'arpeggio', 'Ladder', 118, 'B', 'minor', 'Electronic'),
  piece('Noise Floor', 'Slow Rooms', 'ambient', 'Fog over Fields', 72, 'C', 'major', 'Ambient'),
  piece('Noise Floor', 'Slow Rooms', 'hipHop', 'Corner Store', 88, 'C#', 'minor', 'Hip-Hop'),
  piece('Noise Floor', 'Slow Rooms', 'reggae', 'Long Afternoon', 76, 'A#', 'major', 'Reggae'),
  piece('The Detuned Quartet', 'Ballroom', 'waltz', 'Three Lamps', 150, 'D', 'major', 'Waltz'),
  piece('The Detuned Quartet', 'Ballroom', 'swing', 'Late Train', 138, 'D#', 'major', 'Swing'),
  piece('The Detuned Quartet', 'Ballroom', 'disco', 'Mirror Ball', 120, 'F#', 'minor', 'Disco'),
];

function piece(
  artist: string,
  album: string,
  style: DemoPiece['style'],
  title: string,
  ...[bpm, key, scale, genre]: [number, DemoPiece['key'], DemoPiece['scale'], string]
): DemoPiece {
  return { artist, album, style, title, bpm, key, scale, genre };
}

/**
 * Renders the demo's music into a folder, as WAV with title and artist. A piece whose file is there already stays as it
 * is, tags and all. Gives the files back; `onPiece` is called with each.
 */
export async function makeDemoLibrary(folder: string, onPiece: (file: string) => void = () => {}): Promise<string[]> {
  const files: string[] = [];
  for (const [index, each] of PIECES.entries()) {
    const track = String((index % 3) + 1);
    const file = join(folder, each.artist, each.album, `0${track} ${each.title}.wav`);
    if (!existsSync(file))
      await render(file, { ...each, seed: index + 1, seconds: SECONDS, sampleRate: SAMPLE_RATE }, track);
    files.push(file);
    onPiece(file);
  }
  return files;
}

async function render(file: string, options: DemoPiece & PieceOptions, track: string): Promise<void> {
  const { title, artist, album, genre } = options;
  const wav = withInfo(encodeWav(renderPiece(options), SAMPLE_RATE), { title, artist, album, genre, track });
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.part`;
  await writeFile(unfinished, wav);
  await rename(unfinished, file);
}
