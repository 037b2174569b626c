"""Reads files with mutagen and prints everything it finds in them as JSON: path -> tag -> value."""
import hashlib
import json
import sys

import mutagen
from mutagen.aac import AAC
from mutagen.apev2 import APENoHeaderError, APEv2
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.musepack import Musepack
from mutagen.oggvorbis import OggVorbis


def text(value):
    if isinstance(value, (list, tuple)):
        return [text(one) for one in value]
    if isinstance(value, (bytes, bytearray)):
        # MP4FreeForm and covers are bytes with a format beside them.
        form = getattr(value, 'dataformat', getattr(value, 'imageformat', ''))
        if len(value) < 40_000 and form == 1:
            return bytes(value).decode('utf-8', 'replace')
        return 'bytes %s %s' % (form, hashlib.sha256(bytes(value)).hexdigest())
    if hasattr(value, 'data') and isinstance(value.data, bytes):
        return [type(value).__name__, {k: text(v) for k, v in vars(value).items() if not k.startswith('_')}]
    if hasattr(value, 'text'):
        return [str(one) for one in value.text] if isinstance(value.text, list) else str(value.text)
    if type(value).__name__ == 'APETextValue':
        return list(value)
    return str(value)


def kind_of(path):
    # Asked what a file is, it takes ADTS, and all behind ID3, for MP3; the picture beside Vorbis for what was meant.
    if path.endswith('.mpc'):
        return Musepack
    return AAC if path.endswith('.aac') else OggVorbis if 'theora' in path else mutagen.File


def dump(path):
    found = {}
    try:
        f = kind_of(path)(path)
    except mutagen.MutagenError as error:
        return {'error': str(error)}
    if f is None:
        return {'error': 'unknown'}
    found['info'] = {k: str(v) for k, v in vars(f.info).items()
                     if not k.startswith('_') and k not in ('bitrate', 'frame_offset', 'sketchy', 'fmt_chunk')}
    for key, value in (f.tags.items() if hasattr(f.tags, 'items') else f.tags or []):
        name = key.lower()
        found.setdefault(name, []).append(text(value))
    if path.endswith('.wma'):
        # Equal names in different objects come in no certain order.
        found = {name: sorted(value, key=str) if isinstance(value, list) else value for name, value in found.items()}
    for index, picture in enumerate(getattr(f, 'pictures', [])):
        found['picture %d' % index] = text(picture.write())
    if getattr(f, 'cuesheet', None):
        found['cuesheet'] = text(f.cuesheet.write())
    if path.endswith('.aac'):
        try:
            found.update({key.lower(): [text(value)] for key, value in ID3(path).items()})
        except ID3NoHeaderError:
            pass
    if path.endswith('.mp3'):
        try:
            found['ape'] = {key.lower(): text(value) for key, value in APEv2(path).items()}
        except APENoHeaderError:
            pass
        try:
            found['version'] = list(ID3(path, translate=False).version)
        except ID3NoHeaderError:
            pass
    return found


print(json.dumps({path: dump(path) for path in json.load(sys.stdin)}))
