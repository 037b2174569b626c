"""Gives plain audio files the tags of a well-kept library: pictures, chapters, several values, several tags at once."""
import struct
import sys

from mutagen.aiff import AIFF
from mutagen.apev2 import APEv2
from mutagen.asf import ASF, ASFByteArrayAttribute, ASFUnicodeAttribute
from mutagen.flac import FLAC, CueSheetTrack, CueSheetTrackIndex, Picture
from mutagen.id3 import (APIC, CHAP, COMM, CTOC, ID3, PRIV, TALB, TBPM, TCON, TDRC, TIT2, TPE1, TRCK, TXXX, UFID, USLT,
                         CTOCFlags)
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

FOLDER = sys.argv[1] + '/'
PICTURE = b'\x89PNG\r\n\x1a\n' + bytes((i * 7919 + (i >> 5)) & 0xFF for i in range(90_000))


def frames(tags):
    tags.add(TIT2(encoding=3, text='Größe — 大きさ'))
    tags.add(TPE1(encoding=3, text=['One', 'Two']))
    tags.add(TALB(encoding=1, text='Álbum'))
    tags.add(TDRC(encoding=0, text='2004-05-06'))
    tags.add(TRCK(encoding=0, text='3/12'))
    tags.add(TCON(encoding=0, text='Rock'))
    tags.add(TBPM(encoding=0, text='96'))
    tags.add(COMM(encoding=3, lang='deu', desc='', text='ein Wort'))
    tags.add(USLT(encoding=3, lang='eng', desc='', text='la\nla'))
    tags.add(TXXX(encoding=3, desc='MusicBrainz Album Id', text='f00d'))
    tags.add(TXXX(encoding=3, desc='nominal', text='not ours'))
    tags.add(PRIV(owner='someone', data=bytes(range(256))))
    tags.add(UFID(owner='http://musicbrainz.org', data=b'abc'))
    tags.add(APIC(encoding=0, mime='image/png', type=3, desc='front', data=PICTURE))
    tags.add(CHAP(element_id='c1', start_time=0, end_time=500, start_offset=0xFFFFFFFF, end_offset=0xFFFFFFFF,
                  sub_frames=[TIT2(encoding=3, text='First')]))
    tags.add(CTOC(element_id='toc', flags=CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED, child_element_ids=['c1'],
                  sub_frames=[]))


def id3(name, version, v1=0, **kwargs):
    tags = ID3()
    frames(tags)
    if version == 3:
        tags.update_to_v23()
    tags.save(FOLDER + name, v2_version=version, v1=v1, **kwargs)


def ape(name):
    tags = APEv2()
    tags['Title'] = 'An item'
    tags['Artist'] = ['One', 'Two']
    tags['Cover Art (Front)'] = b'front.png\0' + PICTURE
    tags['Replaygain_Track_Gain'] = '-6.10 dB'
    tags.save(FOLDER + name)


# All that a library's tagger puts into an APE tag, as Picard spells it, and some that only people do.
APE_FIELDS = '''Album|Album Artist|Year|Disc|Composer|Lyricist|Conductor|MixArtist|Arranger|Engineer|Producer|DJMixer
Performer|ISRC|Barcode|CatalogNumber|ASIN|Label|Copyright|Subtitle|DiscSubtitle|Grouping|Work|Language|Media|Mood|Script
Compilation|Comment|Lyrics|EncodedBy|EncoderSettings|License|Weblink|BPM|KEY|INITIALKEY|Movement|MovementName|ORIGINALYEAR
ORIGINALDATE|OriginalArtist|OriginalAlbum|AlbumSort|AlbumArtistSort|ArtistSort|TitleSort|ComposerSort|Artists|Director
MUSICBRAINZ_TRACKID|MUSICBRAINZ_ALBUMID|MUSICBRAINZ_ARTISTID|MUSICBRAINZ_ALBUMARTISTID|MUSICBRAINZ_RELEASEGROUPID
MUSICBRAINZ_RELEASETRACKID|MUSICBRAINZ_WORKID|MUSICBRAINZ_ALBUMSTATUS|MUSICBRAINZ_ALBUMTYPE|MUSICBRAINZ_DISCID
RELEASECOUNTRY|ACOUSTID_ID|ACOUSTID_FINGERPRINT|MUSICIP_PUID|Replaygain_Track_Peak|Replaygain_Album_Gain|Rating
constructor|__proto__'''.replace('\n', '|').split('|')


def full_ape(name):
    ape(name)
    tags = APEv2(FOLDER + name)
    for key in APE_FIELDS:
        tags[key] = '%s — 大きさ' % key
    tags['Year'] = '2004-05-06'
    tags['Track'] = '3/9'
    tags['Genre'] = ['Rock', 'Pop']
    tags['MUSICBRAINZ_TRACKID'] = 'b10b'
    tags['MUSICBRAINZ_ARTISTID'] = ['f00d', 'beef']
    tags['Lyrics'] = 'One line\nand another'
    tags['Cover Art (Back)'] = b'\x89PNG\r\n\x1a\n' + PICTURE[:900]
    tags.save(FOLDER + name)


def comments(tags):
    tags['title'] = 'Größe — 大きさ'
    tags['artist'] = ['One', 'Two']
    tags['NOMINAL'] = 'not ours'
    tags['musicbrainz_albumid'] = 'f00d'
    tags['BPM'] = '96'


def picture():
    p = Picture()
    p.type, p.mime, p.desc, p.data = 3, 'image/png', 'front', PICTURE
    return p


def flac(name, padding):
    f = FLAC(FOLDER + name)
    comments(f)
    f.add_picture(picture())
    f.add_picture(picture())
    f.save(padding=lambda info: padding)


def cue(name):
    f = FLAC(FOLDER + name)
    from mutagen.flac import CueSheet
    f.cuesheet = CueSheet(None)
    f.cuesheet.tracks.append(CueSheetTrack(1, 0))
    f.cuesheet.tracks[0].indexes.append(CueSheetTrackIndex(1, 0))
    f.cuesheet.tracks.append(CueSheetTrack(170, 44100))
    for track in f.cuesheet.tracks:
        track.isrc = b''
    f.metadata_blocks.append(f.cuesheet)
    f.save()


def ogg(kind, name, pictured):
    import base64
    f = kind(FOLDER + name)
    comments(f)
    if pictured:
        f['metadata_block_picture'] = [base64.b64encode(picture().write()).decode('ascii')]
    f.save()


def mp4(name):
    f = MP4(FOLDER + name)
    f['\xa9nam'] = 'Größe — 大きさ'
    f['\xa9ART'] = ['One', 'Two']
    f['trkn'] = [(3, 12)]
    f['tmpo'] = [96]
    f['cpil'] = True
    f['covr'] = [MP4Cover(PICTURE, MP4Cover.FORMAT_PNG), MP4Cover(PICTURE[:5000], MP4Cover.FORMAT_PNG)]
    f['----:com.apple.iTunes:MusicBrainz Album Id'] = [MP4FreeForm(b'f00d')]
    f['----:com.apple.iTunes:iTunNORM'] = [MP4FreeForm(b' 0000 1111')]
    f['----:org.example:nom:happy'] = [MP4FreeForm(b'of someone else')]
    f.save()


def asf(name):
    f = ASF(FOLDER + name)
    f['Title'] = 'Größe'
    f['WM/AlbumTitle'] = 'Álbum'
    f['Author'] = ['One', 'Two']
    f['WM/Genre'] = ['Rock', 'Pop']
    f['nominal'] = ASFUnicodeAttribute('not ours')
    f['WM/Picture'] = ASFByteArrayAttribute(b'\x03' + struct.pack('<I', len(PICTURE)) + 'image/png\0'.encode('utf-16-le')
                                            + 'front\0'.encode('utf-16-le') + PICTURE)
    f['nom:later'] = ['a value', 'another one']
    f.save()


def chunked(kind, name, version=3):
    f = kind(FOLDER + name)
    f.add_tags()
    frames(f.tags)
    if version == 3:
        f.tags.update_to_v23()
    f.save(v2_version=version)


id3('mp3-id3v23-v1-ape.mp3', 3)
ape('mp3-id3v23-v1-ape.mp3')
id3('mp3-id3v23-v1-ape.mp3', 3, v1=2)
id3('mp3-id3v24.mp3', 4)
id3('mp3-id3v24-no-padding.mp3', 4, padding=lambda info: 0)
full_ape('mp3-ape-only.mp3')
id3('aac-id3.aac', 4)
flac('flac-padded.flac', 20_000)
flac('flac-tight.flac', 0)
cue('flac-cue.flac')
ogg(OggVorbis, 'vorbis-picture.ogg', True)
ogg(OggVorbis, 'vorbis.ogg', False)
ogg(OggOpus, 'opus-picture.opus', True)
ogg(OggOpus, 'opus.opus', False)
mp4('m4a-moov-first.m4a')
mp4('m4a-moov-last.m4a')
mp4('m4a-chapters.m4a')
mp4('alac.m4a')
asf('wma.wma')
ape('wavpack.wv')
chunked(WAVE, 'wav-id3.wav')
chunked(AIFF, 'aiff-id3.aiff')
from mutagen.dsf import DSF
chunked(DSF, 'dsf-id3.dsf')
ape('monkeys.ape')
ape('musepack.mpc')
