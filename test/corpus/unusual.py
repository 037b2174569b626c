"""Gives files the tags that programs of players, taggers and studios write beside the usual ones, as mutagen writes them."""
import base64
import struct
import sys

from mutagen import id3
from mutagen.apev2 import APEv2, APEValue, BINARY, EXTERNAL, TEXT
from mutagen.asf import (ASF, ASFBoolAttribute, ASFByteArrayAttribute, ASFDWordAttribute, ASFGUIDAttribute,
                         ASFQWordAttribute, ASFUnicodeAttribute, ASFWordAttribute)
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm
from mutagen.oggvorbis import OggVorbis

FOLDER = sys.argv[1] + '/'


def noise(length, seed=7919):
    return bytes((i * seed + (i >> 5)) & 0xFF for i in range(length))


JPEG = b'\xff\xd8\xff\xe0\0\x10JFIF\0' + noise(4000) + b'\xff\xd9'
PNG = b'\x89PNG\r\n\x1a\n' + noise(3000)


def frames(name, version):
    tags = ID3()
    tags.add(id3.TIT2(encoding=1, text='Ein Titel'))
    tags.add(id3.TPE1(encoding=3, text=['One', 'Two']))
    tags.add(id3.TIPL(encoding=3, people=[['producer', 'Someone'], ['mix', 'Another']]))
    tags.add(id3.TSOP(encoding=0, text='One, The'))
    tags.add(id3.TDOR(encoding=0, text='1999'))
    tags.add(id3.TLAN(encoding=0, text=['eng', 'deu']))
    tags.add(id3.TCMP(encoding=0, text='1'))
    tags.add(id3.GRP1(encoding=3, text='A group'))
    tags.add(id3.MVNM(encoding=3, text='A movement'))
    tags.add(id3.WXXX(encoding=3, desc='größe', url='http://example.org/?a=b&c'))
    tags.add(id3.WOAR(url='http://example.org/artist'))
    tags.add(id3.SYLT(encoding=3, lang='eng', format=2, type=1, desc='words', text=[('la', 100), ('la', 700)]))
    for lang, desc in (('eng', ''), ('deu', 'zweite'), ('xxx', 'große')):
        tags.add(id3.USLT(encoding=1, lang=lang, desc=desc, text='la\nla ' * 40))
    for desc in ('iTunNORM', 'iTunPGAP', 'ID3v1 Comment', ''):
        tags.add(id3.COMM(encoding=0, lang='eng', desc=desc, text=' 00000A1B 00000B2C'))
    tags.add(id3.GEOB(encoding=0, mime='application/octet-stream', filename='a.bin', desc='Serato Markers2', data=noise(900)))
    tags.add(id3.GEOB(encoding=3, mime='text/xml', filename='ü.xml', desc='second', data=b'<a/>'))
    for owner in ('WM/MediaClassPrimaryID', 'AverageLevel', 'nom', 'nom:happy'):
        tags.add(id3.PRIV(owner=owner, data=noise(40, 251)))
    tags.add(id3.POPM(email='Windows Media Player 9 Series', rating=196, count=12))
    tags.add(id3.POPM(email='someone@example.org', rating=1))
    tags.add(id3.PCNT(count=4_000_000_000))
    tags.add(id3.UFID(owner='http://musicbrainz.org', data=b'f00d'))
    tags.add(id3.UFID(owner='http://www.cddb.com/id3/taginfo1.html', data=noise(60)))
    tags.add(id3.RVA2(desc='track', channel=1, gain=-6.5, peak=0.9))
    tags.add(id3.RVA2(desc='album', channel=1, gain=2.0, peak=1.0))
    tags.add(id3.MCDI(data=noise(804)))
    tags.add(id3.ETCO(format=2, events=[(2, 0), (19, 900)]))
    tags.add(id3.PCST(value=0))
    tags.add(id3.RBUF(size=1000))
    for kind, desc, data in ((3, 'front', JPEG), (4, 'back', PNG), (3, 'second', PNG), (8, '', JPEG)):
        tags.add(id3.APIC(encoding=0, mime='image/png' if data is PNG else 'image/jpeg', type=kind, desc=desc, data=data))
    tags.add(id3.APIC(encoding=0, mime='-->', type=0, desc='link', data=b'http://example.org/a.png'))
    for desc in ('nom', 'nom ', 'NOMINAL:happy', 'replaygain', 'a:nom:happy', '', 'MusicBrainz Artist Id'):
        tags.add(id3.TXXX(encoding=3, desc=desc, text=['of someone else', 'twice']))
    chapters = ['c%d' % index for index in range(5)]
    for index, chapter in enumerate(chapters):
        sub = [id3.TIT2(encoding=3, text='Kapitel %d' % index), id3.WXXX(encoding=0, desc='', url='http://example.org/'),
               id3.APIC(encoding=0, mime='image/jpeg', type=3, desc='', data=JPEG[:500])]
        tags.add(id3.CHAP(element_id=chapter, start_time=index * 200, end_time=index * 200 + 200,
                          start_offset=0xFFFFFFFF, end_offset=0xFFFFFFFF, sub_frames=sub))
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    tags.add(id3.CTOC(element_id='toc', flags=flags, child_element_ids=chapters[:2] + ['part'],
                      sub_frames=[id3.TIT2(encoding=3, text='All')]))
    tags.add(id3.CTOC(element_id='part', flags=id3.CTOCFlags.ORDERED, child_element_ids=chapters[2:], sub_frames=[]))
    if version == 3:
        tags.update_to_v23()
    tags.save(FOLDER + name, v2_version=version, v1=0)


def atoms(name):
    f = MP4(FOLDER + name)
    f['\xa9nam'] = 'Ein Titel'
    f['\xa9wrt'] = ['One', 'Two']
    f['\xa9grp'] = 'A group'
    f['\xa9lyr'] = 'la\nla'
    f['\xa9day'] = '2004-05-06T00:00:00Z'
    f['desc'] = 'a word'
    f['purl'] = 'http://example.org/'
    f['sonm'] = 'Titel, Ein'
    f['disk'] = [(1, 2)]
    f['rtng'] = [1]
    f['stik'] = [1]
    f['cnID'] = [123456789]
    f['plID'] = [2 ** 40]
    f['pgap'] = True
    f['pcst'] = False
    f['covr'] = [MP4Cover(JPEG, MP4Cover.FORMAT_JPEG), MP4Cover(PNG, MP4Cover.FORMAT_PNG), MP4Cover(b'BM' + noise(600), 27),
                 MP4Cover(PNG, MP4Cover.FORMAT_JPEG)]
    odd = {'com.apple.iTunes:größe': b'x', 'com.apple.iTunes:nom': b'of someone else', 'com.apple.iTunes:nom ': b'of someone else',
           'com.apple.iTunes:a:nom:happy': b'of someone else', 'com.apple.iTunes:nominal:happy': b'x', 'com.apple.iTunes: ': b'blank',
           'com.serato.dj:markersv2': base64.b64encode(noise(300)), 'org.example:nom:happy': b'of someone else'}
    for key, value in odd.items():
        f['----:' + key] = [MP4FreeForm(value)]
    f['----:com.apple.iTunes:several'] = [MP4FreeForm(b'one'), MP4FreeForm(noise(500), AtomDataType.IMPLICIT),
                                          MP4FreeForm(b'\0\0\0\7', AtomDataType.INTEGER), MP4FreeForm(b'', AtomDataType.UTF8)]
    f.save(padding=lambda info: 0)


def picture(kind, mime, data, desc='größe'):
    p = Picture()
    p.type, p.mime, p.desc, p.data, p.width, p.depth = kind, mime, desc, data, 600, 24
    return p


def comments(f):
    f['title'] = 'Ein Titel'
    f['COMMENT'] = ['', 'a=b=c', 'line\nbreak', 'x' * 70_000]
    f['LYRICS'] = 'la\r\nla'
    f['a name with blanks'] = 'x'
    f['NOM'] = 'of someone else'
    f['A:NOM:HAPPY'] = 'of someone else'
    f['METADATA_BLOCK_PICTURE'] = [base64.b64encode(picture(kind, 'image/png', PNG).write()).decode('ascii')
                                   for kind in (3, 4, 0)]
    f['COVERART'] = base64.b64encode(JPEG).decode('ascii')
    f['CHAPTER001'], f['CHAPTER001NAME'] = '00:00:00.000', 'One'


def flac(name):
    f = FLAC(FOLDER + name)
    f.clear_pictures()
    comments(f)
    for kind in (0, 3, 4, 8, 20):
        f.add_picture(picture(kind, 'image/jpeg', JPEG))
    f.add_picture(picture(1, '-->', b'http://example.org/a.png', ''))
    f.save()


def vorbis(name):
    f = OggVorbis(FOLDER + name)
    comments(f)
    f.save()


def items(name):
    tags = APEv2()
    tags['Title'] = 'Ein Titel'
    tags['Artist'] = ['One', 'Two', 'Größe']
    tags['Cover Art (Front)'] = b'front.jpg\0' + JPEG
    tags['Cover Art (Back)'] = b'back.png\0' + PNG
    tags['Dummy'] = APEValue(noise(700), BINARY)
    tags['Related'] = APEValue('http://example.org/', EXTERNAL)
    tags['nominal'] = APEValue('of someone else', TEXT)
    tags['a key = with signs'] = APEValue('', TEXT)
    tags.save(FOLDER + name)


def windows(name):
    f = ASF(FOLDER + name)
    f['Title'] = 'Ein Titel'
    for index, (kind, data) in enumerate(((3, JPEG), (4, PNG), (0, JPEG * 20))):
        value = bytes([kind]) + struct.pack('<I', len(data)) + 'image/jpeg\0'.encode('utf-16-le') + b'\0\0' + data
        f.tags.append(('WM/Picture', ASFByteArrayAttribute(value, language=index % 2)))
    f['WM/UniqueFileIdentifier'] = ASFUnicodeAttribute('AMGa_id=R 1;AMGp_id=P 2')
    f['WM/MediaClassPrimaryID'] = ASFGUIDAttribute(noise(16))
    f['IsVBR'] = ASFBoolAttribute(True)
    f['WM/Track'] = ASFDWordAttribute(7)
    f['WM/Long'] = ASFQWordAttribute(2 ** 50)
    f['WM/Short'] = ASFWordAttribute(9, stream=1)
    f['WM/Binary'] = ASFByteArrayAttribute(noise(800), stream=1, language=0)
    f['WM/Lyrics'] = ['la\r\nla' * 200, 'second']
    f['nom'] = 'of someone else'
    f['nominal:happy'] = ['of someone else', ASFUnicodeAttribute('of someone else, too', language=1)]
    f.save()


frames('mp3-unusual-frames-23.mp3', 3)
frames('mp3-unusual-frames-24.mp3', 4)
atoms('m4a-unusual-atoms.m4a')
flac('flac-unusual.flac')
vorbis('vorbis-unusual.ogg')
items('wavpack-unusual.wv')
items('monkeys-unusual.ape')
windows('wma-unusual.wma')
