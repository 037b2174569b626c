import { describe, expect, it } from 'vitest';
import { formatRemote, parseRemote, styleOf } from './remote-path';
import { localCandidates, type PathRule, remotePathOf } from './rules';

const rule = (remotePrefix: string, localPrefix: string, priority = 0): PathRule => ({
  remotePrefix,
  localPrefix,
  priority,
  remoteStyle: styleOf(remotePrefix),
});
const paths = (rules: readonly PathRule[], remote: string, platform: NodeJS.Platform = 'linux') =>
  localCandidates(rules, remote, platform).map(({ path }) => path);

describe('paths of other machines', () => {
  it('tells Windows from the rest, and writes each in one spelling', () => {
    const spelled = (path: string) => formatRemote(parseRemote(path));
    expect(styleOf('C:\\Music')).toBe('windows');
    expect(styleOf('d:/music')).toBe('windows');
    expect(styleOf('\\\\nas\\music')).toBe('windows');
    expect(styleOf('/music/C:')).toBe('posix');
    expect(spelled('/music//Artist/./Album/')).toBe('/music/Artist/Album');
    expect(spelled('c:/music\\\\Artist\\')).toBe('C:\\music\\Artist');
    expect(spelled('\\\\nas\\music\\Artist\\')).toBe('\\\\nas\\music\\Artist');
    expect(spelled('\\\\?\\C:\\music\\a.flac')).toBe('C:\\music\\a.flac');
    expect(spelled('\\\\?\\UNC\\nas\\music\\a.flac')).toBe('\\\\nas\\music\\a.flac');
    expect(spelled('/')).toBe('/');
  });

  it('keeps percent signs and backslashes of file names as they are', () => {
    expect(paths([rule('/music', '/mnt')], '/music/100%25 \\ Pure/a|b.mp3')).toEqual(['/mnt/100%25 \\ Pure/a|b.mp3']);
  });

  it('refuses what no server says in good faith', () => {
    for (const path of [
      'music/a.mp3',
      '/music/../etc/passwd',
      '/music/a\0.mp3',
      'C:..\\a',
      '\\\\nas',
      'C:\\a\\..\\b',
      '',
    ]) {
      expect(() => parseRemote(path), path).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    }
  });
});

describe('path mapping', () => {
  it('takes the longest prefix, at the boundary of a segment', () => {
    const rules = [rule('/', '/all'), rule('/music', '/mnt/music'), rule('/music/jazz', '/jazz')];
    expect(paths(rules, '/music/a/b.flac')).toEqual(['/mnt/music/a/b.flac']);
    expect(paths(rules, '/music/jazz/b.flac')).toEqual(['/jazz/b.flac']);
    expect(paths(rules, '/music2/b.flac')).toEqual(['/all/music2/b.flac']);
    expect(paths(rules.slice(1), '/music2/b.flac')).toEqual([]);
    expect(paths(rules, '/music')).toEqual(['/mnt/music']);
  });

  it('tells letter cases apart but for Windows', () => {
    expect(paths([rule('/Music', '/mnt')], '/music/a.mp3')).toEqual([]);
    expect(paths([rule('d:\\Music', '/mnt')], 'D:\\MUSIC\\Björk\\a.mp3')[0]).toBe('/mnt/Björk/a.mp3');
    expect(paths([rule('\\\\NAS\\Music', '/mnt')], '\\\\nas\\music\\a\\b.mp3')).toEqual(['/mnt/a/b.mp3']);
  });

  it('tries the folders of one prefix by priority', () => {
    const rules = [rule('/music', '/disk1', 1), rule('/music', '/disk2', 2)];
    expect(paths(rules, '/music/a.mp3')).toEqual(['/disk2/a.mp3', '/disk1/a.mp3']);
  });

  it('tries both Unicode forms of a name, in the order that the platform makes likely', () => {
    const given = '/m/Sigur Rós/\u0041\u030a.mp3'.normalize('NFC');
    const decomposed = given.normalize('NFD');
    expect(paths([rule('/m', '/m')], given, 'linux')).toEqual([given, decomposed]);
    expect(paths([rule('/m', '/m')], decomposed, 'darwin')).toEqual([decomposed, given]);
  });

  it('writes paths of a Windows machine with its separators, and none that it cannot have', () => {
    const rules = [rule('/music', '\\\\nas\\music'), rule('/other', 'D:\\Other')];
    expect(paths(rules, '/music/a/b.mp3', 'win32')).toEqual(['\\\\nas\\music\\a\\b.mp3']);
    expect(paths(rules, '/other/a/b.mp3', 'win32')).toEqual(['D:\\Other\\a\\b.mp3']);
    expect(paths(rules, '/other/a:b.mp3', 'win32')).toEqual([]);
  });

  it('leads back by the same rules', () => {
    const rules = [rule('/music', '/mnt/music'), rule('D:\\Jazz', '/mnt/music/jazz'), rule('/', '/all')];
    expect(remotePathOf(rules, '/mnt/music/a/b.flac', 'linux')).toBe('/music/a/b.flac');
    expect(remotePathOf(rules, '/mnt/music/jazz/b.flac', 'linux')).toBe('D:\\Jazz\\b.flac');
    expect(remotePathOf(rules, '/mnt/music2/b.flac', 'linux')).toBeUndefined();
    expect(remotePathOf(rules, '/all/x', 'linux')).toBe('/x');
    expect(remotePathOf([rule('/music', 'D:\\Music')], 'd:\\music\\a\\b.mp3', 'win32')).toBe('/music/a/b.mp3');
  });
});
