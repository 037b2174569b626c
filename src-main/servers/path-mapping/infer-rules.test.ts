import { expect, it } from 'vitest';
import { inferRules } from './infer-rules';

const names = Array.from({ length: 6 }, (_, index) => `Artist ${index}/Album/0${index} Song.flac`);
const remote = (root: string, list = names) =>
  list.map((name, at) => ({ path: `${root}/${name}`, sizeBytes: 1000 + at }));

it('finds the folder of ours that holds the files of a server, up to its root folder', () => {
  expect(inferRules(remote('/data/music'), remote('/mnt/nas/music'), ['/data/music/'])).toEqual([
    { remotePrefix: '/data/music', localPrefix: '/mnt/nas/music', samplesOk: 6, samplesFailed: 0, isSure: true },
  ]);
});

it('goes without root folders, with Windows paths and other Unicode forms', () => {
  const umlauts = names.map((name) => `Björk/${name}`);
  const theirs = remote('', umlauts).map(({ path, sizeBytes }) => ({
    path: `D:\\Musik${path.normalize('NFD').replaceAll('/', '\\')}`,
    sizeBytes,
  }));
  const [first] = inferRules(theirs, remote('/home/me', umlauts), ['d:\\musik']);
  expect(first).toMatchObject({ remotePrefix: 'D:\\Musik', localPrefix: '/home/me', isSure: true });
  expect(inferRules(remote('/m'), remote('/n'), [])[0]).toMatchObject({ remotePrefix: '/m', localPrefix: '/n' });
});

it('is not sure with few files, nor when one is somewhere else', () => {
  expect(inferRules(remote('/m').slice(2), remote('/n'), ['/m'])[0]).toMatchObject({ samplesOk: 4, isSure: false });
  const elsewhere = [...remote('/n').slice(1), { path: `/other/${names[0]}`, sizeBytes: 1000 }];
  const proposals = inferRules(remote('/m'), elsewhere, ['/m']);
  expect(proposals[0]).toEqual({
    remotePrefix: '/m',
    localPrefix: '/n',
    samplesOk: 5,
    samplesFailed: 1,
    isSure: false,
  });
  expect(proposals).toHaveLength(2);
});

it('does not mind a file that is there twice, and takes none of another size', () => {
  const twice = [...remote('/n'), { path: `/copy/${names[0]}`, sizeBytes: 1000 }];
  expect(inferRules(remote('/m'), twice, ['/m'])[0]).toMatchObject({ localPrefix: '/n', samplesOk: 6, isSure: true });
  const retagged = remote('/n').map(({ path, sizeBytes }) => ({ path, sizeBytes: sizeBytes + 7000 }));
  expect(inferRules(remote('/m'), retagged, ['/m'])).toEqual([]);
});
