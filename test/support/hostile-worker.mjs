/**
 * A worker whose code has been taken over: it tries what a thief would, and tells for each attempt what came of it: `done`,
 * or the code of the refusal. Plain JavaScript, so that it can be forked as it is.
 */
import { execFileSync, fork, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const attempts = {
  read: (path) => void fs.readFileSync(path),
  readByBytes: (path) => void fs.readFileSync(Buffer.from(path)),
  readAsync: (path) => fs.promises.readFile(path),
  readStream: async (path) => {
    for await (const _ of fs.createReadStream(path));
  },
  list: (path) => void fs.readdirSync(path),
  require: (path) => createRequire(import.meta.url)(path),
  write: (path) => fs.writeFileSync(path, 'taken'),
  append: (path) => fs.appendFileSync(path, 'taken'),
  openToWrite: (path) => void fs.openSync(path, 'r+'),
  truncate: (path) => fs.truncateSync(path, 0),
  remove: (path) => fs.rmSync(path),
  rename: (path) => fs.renameSync(path, `${path}.taken`),
  changeMode: (path) => fs.chmodSync(path, 0o666),
  changeTimes: (path) => fs.utimesSync(path, 0, 0),
  link: (path) => fs.symlinkSync(path, `${path}.link`),
  hardLink: (path) => fs.linkSync(path, `${path}.link`),
  makeFolder: (path) => fs.mkdirSync(join(path, 'taken')),
  program: () => void execFileSync('id'),
  shell: () => void spawn('sh', ['-c', 'id'], { shell: true }),
  fork: (path) => void fork(path),
  thread: () => void new Worker('0', { eval: true }),
  binding: () => void process.binding('spawn_sync'),
  addon: (path) => process.dlopen({ exports: {} }, path),
  socket: () => void dgram.createSocket('udp4').bind(0),
  environment: () => Object.keys(process.env).sort().join(),
};

process.on('message', async ({ name, path }) => {
  let result;
  try {
    result = (await attempts[name](path)) ?? 'done';
  } catch (thrown) {
    result = thrown.code ?? String(thrown);
  }
  process.send({ name, path, result: String(result) });
});
process.on('disconnect', () => process.exit(0));
process.send({ name: 'start' });
