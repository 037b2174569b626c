import { describe, expect, it } from 'vitest';
import { AUDIO_EXTENSIONS, detectContainer } from './container';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const zeros = (count: number): number[] => new Array(count).fill(0);
const oggPage = (packet: string, flags = 2): Uint8Array =>
  bytes('OggS', [0, flags], zeros(20), [1, packet.length], packet);
/** One frame of MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes. */
const mp3Frame = bytes([0xff, 0xfb, 0x90, 0x00], zeros(413));
/** One ADTS frame of 100 bytes. */
const adtsFrame = bytes([0xff, 0xf1, 0x50, 0x80, 0x0c, 0x9f, 0xfc], zeros(93));
const id3 = (size: number): Uint8Array => bytes('ID3\x04\x00\x00', [0, 0, size >> 7, size & 127], zeros(size));

describe('the container is told by its content', () => {
  it.each([
    ['mp3', Buffer.concat([mp3Frame, mp3Frame, mp3Frame])],
    ['mp3', Buffer.concat([bytes(zeros(333)), mp3Frame, mp3Frame, mp3Frame])],
    ['mp3', Buffer.concat([id3(300), id3(20), mp3Frame, mp3Frame])],
    ['flac', Buffer.concat([id3(500), bytes('fLaC', zeros(40))])],
    ['ogg-vorbis', oggPage('\x01vorbis')],
    ['ogg-opus', Buffer.concat([oggPage('fishead\0'), oggPage('OpusHead')])],
    ['ogg-flac', oggPage('\x7fFLAC')],
    ['m4a', bytes(zeros(4), 'ftypM4A ')],
    ['aac', Buffer.concat([adtsFrame, adtsFrame, adtsFrame])],
    ['wav', bytes('RIFF', zeros(4), 'WAVE')],
    ['wav', bytes('RF64', zeros(4), 'WAVE')],
    ['aiff', bytes('FORM', zeros(4), 'AIFC')],
    ['ape', bytes('MAC ', zeros(30))],
    ['wavpack', bytes('wvpk', zeros(30))],
    ['mpc', bytes('MPCK', zeros(30))],
    ['mpc', bytes('MP+\x07', zeros(30))],
    ['dsf', bytes('DSD ', zeros(24), 'fmt ')],
    ['dff', bytes('FRM8', zeros(8), 'DSD ')],
  ])('%s', (container, head) => expect(detectContainer(head)).toBe(container));

  it.each([
    ['nothing', bytes()],
    ['a few bytes', bytes([0xff, 0xfb])],
    ['zeros', bytes(zeros(5000))],
    ['a text', bytes('Strophe und Refrain. '.repeat(300))],
    ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', zeros(3000))],
    ['a film in RIFF', bytes('RIFF', zeros(4), 'AVI ')],
    ['Ogg without sound', oggPage('\x80theora')],
    ['a single frame among other things', Buffer.concat([bytes(zeros(100)), mp3Frame, bytes(zeros(3000))])],
  ])('%s is no audio', (_, head) => expect(detectContainer(head)).toBeUndefined());
});

it('looks at files by extensions in lower case, with a dot', () => {
  for (const extension of AUDIO_EXTENSIONS) expect(extension).toMatch(/^\.[a-z0-9+]+$/);
});
