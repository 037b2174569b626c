import { readFileSync, writeFileSync } from 'node:fs';
import { TagLib } from 'taglib-wasm';

const PICTURE = Buffer.from(Uint32Array.from({ length: 5000 }, (_, index) => Math.imul(index, 2_654_435_761)).buffer);
const PROPERTIES = {
  TITLE: ['Ein Titel — 大きさ'],
  ARTIST: ['One', 'Two'],
  ALBUMARTIST: ['One'],
  COMMENT: ['a word'],
  DISCNUMBER: ['1/2'],
  MUSICBRAINZ_TRACKID: ['f00d'],
  REPLAYGAIN_ALBUM_GAIN: ['-3.00 dB'],
  NOMINAL: ['not ours'],
};

/** Gives the files the tags that programs on TagLib write (Kid3, Strawberry, Amarok, VLC): fields and two pictures. */
export async function tagByTagLib(paths: readonly string[]): Promise<void> {
  const taglib = await TagLib.initialize();
  for (const path of paths) {
    const file = await taglib.open(new Uint8Array(readFileSync(path)));
    file.setProperties(PROPERTIES);
    const data = new Uint8Array(PICTURE);
    file.setPictures([
      { mimeType: 'image/jpeg', type: 'FrontCover', description: 'front', data },
      { mimeType: 'image/png', type: 'BackCover', description: 'back', data: data.subarray(0, 900) },
    ]);
    if (!file.save()) throw new Error(`TagLib could not write ${path}.`);
    writeFileSync(path, file.getFileBuffer());
    file.dispose();
  }
}
