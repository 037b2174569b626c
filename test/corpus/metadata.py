"""Reads files with mutagen and prints what they say, by one name for each field, as JSON: path -> field -> values."""
import json
import sys

import mutagen
from mutagen.aac import AAC
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.musepack import Musepack

ID3_NAMES = {'TIT2': 'title', 'TPE1': 'artist', 'TALB': 'album', 'TPE2': 'albumartist', 'TCON': 'genre', 'TDRC': 'date',
             'TRCK': 'track', 'TPOS': 'disc', 'TCOM': 'composer', 'TDOR': 'originaldate', 'TSOP': 'artistsort',
             'TXXX:MusicBrainz Album Id': 'albumid', 'TXXX:MusicBrainz Artist Id': 'artistid',
             'UFID:http://musicbrainz.org': 'recordingid', 'TXXX:REPLAYGAIN_TRACK_GAIN': 'gain',
             'TXXX:replaygain_track_gain': 'gain', 'TCMP': 'compilation'}
MP4_NAMES = {'\xa9nam': 'title', '\xa9ART': 'artist', '\xa9alb': 'album', 'aART': 'albumartist', '\xa9gen': 'genre',
             '\xa9day': 'date', 'trkn': 'track', 'disk': 'disc', '\xa9wrt': 'composer', 'soar': 'artistsort',
             '----:com.apple.iTunes:MusicBrainz Album Id': 'albumid',
             '----:com.apple.iTunes:MusicBrainz Artist Id': 'artistid',
             '----:com.apple.iTunes:MusicBrainz Track Id': 'recordingid', 'cpil': 'compilation',
             '----:com.apple.iTunes:replaygain_track_gain': 'gain'}
ASF_NAMES = {'title': 'title', 'author': 'artist', 'wm/albumtitle': 'album', 'wm/albumartist': 'albumartist',
             'wm/genre': 'genre', 'wm/year': 'date', 'wm/tracknumber': 'track', 'wm/partofset': 'disc',
             'wm/composer': 'composer', 'musicbrainz/album id': 'albumid', 'musicbrainz/artist id': 'artistid',
             'musicbrainz/track id': 'recordingid', 'wm/artistsortorder': 'artistsort',
             'replaygain_track_gain': 'gain'}
PLAIN_NAMES = {'title': 'title', 'artist': 'artist', 'album': 'album', 'albumartist': 'albumartist',
               'album artist': 'albumartist', 'genre': 'genre', 'date': 'date', 'year': 'date', 'track': 'track',
               'tracknumber': 'track', 'disc': 'disc', 'discnumber': 'disc', 'composer': 'composer',
               'originaldate': 'originaldate', 'artistsort': 'artistsort', 'musicbrainz_albumid': 'albumid',
               'musicbrainz_artistid': 'artistid', 'musicbrainz_trackid': 'recordingid',
               'replaygain_track_gain': 'gain', 'compilation': 'compilation'}


def texts(name, value):
    if name == 'UFID:http://musicbrainz.org':
        return [value.data.decode('ascii', 'replace')]
    if name in ('trkn', 'disk'):
        return ['%d/%d' % (one[0], one[1]) for one in value[:1]]
    if hasattr(value, 'genres'):
        return list(value.genres)
    if hasattr(value, 'text'):
        return [str(one) for one in value.text]
    if type(value).__name__ == 'APETextValue':
        return list(value)
    values = value if isinstance(value, list) else [value]
    return [one.decode('utf-8', 'replace') if isinstance(one, bytes) else str(one) for one in values]


def names_of(tags):
    kind = type(tags).__name__
    if isinstance(tags, ID3):
        return lambda name: ID3_NAMES.get(name)
    if kind == 'MP4Tags':
        return lambda name: MP4_NAMES.get(name)
    if kind == 'ASFTags':
        return lambda name: ASF_NAMES.get(name.lower())
    return lambda name: PLAIN_NAMES.get(name.lower())


def read(path):
    lower = path.lower()
    kind = Musepack if lower.endswith(('.mpc', '.mp+')) else AAC if lower.endswith('.aac') else mutagen.File
    try:
        f = kind(path)
    except Exception as error:
        return {'error': str(error)}
    if f is None:
        return {'error': 'unknown'}
    found = {}
    tags = f.tags
    if kind is AAC:
        try:
            tags = ID3(path)
        except ID3NoHeaderError:
            tags = None
    name_of = names_of(tags)
    for name, value in (tags.items() if hasattr(tags, 'items') else tags or []):
        field = name_of(name)
        if field:
            found[field] = found.get(field, []) + texts(name, value)
    for field, attribute in (('seconds', 'length'), ('rate', 'sample_rate'), ('channels', 'channels')):
        value = getattr(f.info, attribute, None)
        if value:
            found[field] = [str(value)]
    found['kind'] = [type(f).__name__]
    return found


print(json.dumps({path: read(path) for path in json.load(sys.stdin)}))
