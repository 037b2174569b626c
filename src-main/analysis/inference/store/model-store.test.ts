import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startPublisher } from '../../../../test/support/model-publisher';
import { tinyHeadModel, writeTinyModels } from '../../../../test/support/tiny-model';
import { EVENTS, type Events } from '../../../app/contract';
import { createEventBus, type EventBus } from '../../../platform/events';
import { createModelStore } from './model-store';

let publisher: Awaited<ReturnType<typeof startPublisher>>;
let own: string;
beforeAll(async () => {
  publisher = await startPublisher();
});
afterAll(() => publisher.stop());
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), 'tonearm-models-'));
  publisher.answerWith(undefined);
  publisher.requests.length = 0;
});

const aStore = (more: { folders?: [string, ...string[]]; events?: EventBus<Events> } = {}) =>
  createModelStore({ folders: [own], catalogue: publisher.catalogue(), ...more });
const accepted = { acceptLicence: true };
const EMBEDDING = 'tiny/embeddings/tiny-1.onnx';
const partOf = (file: string) => join(own, `${file}.part`);
/** Every file below the folder of models. */
const left = () =>
  readdirSync(own, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(own, name)).isFile())
    .sort();

it('lists what could be had, with its licence, before anything is installed', () => {
  expect(aStore().list()).toMatchObject([
    { name: 'tiny-1', kind: 'embedding', state: 'available', licence: 'A licence', sha256: null },
    { name: 'calm-tiny-1', task: 'calm', state: 'available', classes: ['calm', 'not_calm'] },
    { name: 'odd-tiny-1', state: 'available', classes: null },
  ]);
});

it('downloads nothing before the licence is accepted', async () => {
  await expect(aStore().install('tiny', { acceptLicence: false })).rejects.toMatchObject({ code: 'conflict' });
  expect(publisher.requests).toEqual([]);
  expect(left()).toEqual([]);
});

it('installs a backbone with its heads, checks the sums, tells progress and change', async () => {
  const events = createEventBus(EVENTS);
  const reported: string[] = [];
  events.onAny((name) => reported.push(name));
  const store = aStore({ events });
  const before = store.version('balanced');
  expect(await store.install('tiny', accepted)).toEqual(['tiny-1', 'calm-tiny-1']);
  expect(left()).toEqual([EMBEDDING, 'tiny/heads/softmax/calm-tiny-1.onnx']);
  expect(store.list().map(({ name, state, verification }) => `${name} ${state} ${verification}`)).toEqual([
    'tiny-1 ready verified',
    'calm-tiny-1 ready verified',
    'odd-tiny-1 available null',
  ]);
  expect(store.current().backbones[0].heads.map(({ task }) => task)).toEqual(['calm']);
  expect(store.version('balanced')).not.toBe(before);
  expect(reported).toContain('model.progress');
  expect(reported).toContain('models.changed');
  expect(await store.install('tiny', { acceptLicence: false })).toEqual([]);
});

it('takes the classes of a head from the description beside it, and brings its backbone along', async () => {
  const store = aStore();
  expect(await store.install('odd-tiny-1', accepted)).toEqual(['tiny-1', 'odd-tiny-1']);
  expect(store.current().backbones[0].heads[0].classes).toEqual(['odd', 'even']);
  expect(store.list().find(({ name }) => name === 'odd-tiny-1')?.verification).toBe('unverified');
});

it('says of a file whose sum nobody published that it is recorded, and tells when it was changed since', async () => {
  const odd = () => store.list().find(({ name }) => name === 'odd-tiny-1');
  const store = aStore();
  expect(odd()?.warning).toMatch(/sum of this file is not known: what is downloaded first is recorded/);
  expect(store.list().find(({ name }) => name === 'tiny-1')?.warning).toBeNull();
  await store.install('odd-tiny-1', accepted);
  const sha256 = odd()?.sha256;
  expect(odd()?.warning).toContain(
    `recorded at its first download; compare it with a copy from elsewhere: SHA-256 ${sha256}`,
  );
  writeFileSync(join(own, 'tiny/heads/softmax/odd-tiny-1.onnx'), tinyHeadModel({ seed: 3 }));
  store.refresh();
  expect(odd()).toMatchObject({ verification: 'differs', warning: expect.stringContaining(`SHA-256 was ${sha256}`) });
});

it('refuses a file with a wrong sum and leaves nothing behind', async () => {
  const store = aStore();
  publisher.answerWith((_request, response, content) => response.end(Buffer.concat([content, Buffer.from('!')])));
  await expect(store.install('tiny-1', accepted)).rejects.toMatchObject({ code: 'provider_failed' });
  expect(left()).toEqual([]);
  expect(store.current().backbones).toEqual([]);
});

it('keeps what came before the connection broke, and continues there', async () => {
  const store = aStore();
  let breakOff = () => {};
  publisher.answerWith((_request, response, content) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 1000));
    breakOff = () => response.destroy();
  });
  const install = store.install('tiny-1', { ...accepted, onProgress: () => breakOff() });
  await expect(install).rejects.toMatchObject({ code: 'provider_failed' });
  expect(left()).toEqual([`${EMBEDDING}.part`]);
  publisher.answerWith(undefined);
  await store.install('tiny-1', accepted);
  expect(publisher.requests.filter((line) => line.includes('.onnx'))).toEqual([
    '/embeddings/tiny-1.onnx',
    '/embeddings/tiny-1.onnx bytes=1000-',
  ]);
  expect(left()).toEqual([EMBEDDING]);
});

it('begins anew where the publisher cannot continue', async () => {
  mkdirSync(join(own, 'tiny/embeddings'), { recursive: true });
  writeFileSync(partOf(EMBEDDING), Buffer.alloc(500));
  publisher.answerWith((_request, response, content) => response.end(content));
  await aStore().install('tiny-1', accepted);
  expect(left()).toEqual([EMBEDDING]);
});

it('uses a part that was complete already, and throws one away that is too long', async () => {
  const content = publisher.files.get('/embeddings/tiny-1.onnx')!;
  mkdirSync(join(own, 'tiny/embeddings'), { recursive: true });
  writeFileSync(partOf(EMBEDDING), content);
  await aStore().install('tiny-1', accepted);
  expect(publisher.requests[0]).toBe(`/embeddings/tiny-1.onnx bytes=${content.length}-`);
  rmSync(join(own, EMBEDDING));
  writeFileSync(partOf(EMBEDDING), Buffer.concat([content, content]));
  await aStore().install('tiny-1', accepted);
  expect(left()).toEqual([EMBEDDING]);
});

it('refuses a half that was continued with something else', async () => {
  mkdirSync(join(own, 'tiny/embeddings'), { recursive: true });
  writeFileSync(partOf(EMBEDDING), Buffer.alloc(500));
  await expect(aStore().install('tiny-1', accepted)).rejects.toMatchObject({ code: 'provider_failed' });
  expect(left()).toEqual([]);
});

it('says so when the publisher does not have the file', async () => {
  const store = aStore();
  publisher.answerWith((_request, response) => response.writeHead(404, 'Not Found').end());
  const failed = store.install('tiny-1', accepted);
  await expect(failed).rejects.toMatchObject({ code: 'provider_failed', message: expect.stringContaining('404') });
  expect(left()).toEqual([]);
});

it('stops when asked in the middle of a download', async () => {
  const abort = new AbortController();
  publisher.answerWith((_request, response, content) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 1000));
  });
  const install = aStore().install('tiny-1', { ...accepted, signal: abort.signal, onProgress: () => abort.abort() });
  await expect(install).rejects.toThrow();
  expect(existsSync(join(own, EMBEDDING))).toBe(false);
});

it('refuses what is no model, though no sum is known, and leaves nothing behind', async () => {
  const store = aStore();
  await store.install('tiny-1', accepted);
  publisher.answerWith((_request, response) => response.end('<html>Please log in</html>'));
  await expect(store.install('odd-tiny-1', accepted)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(left().filter((name) => name.includes('odd'))).toEqual([]);
});

it('does not take another file in place of one that was downloaded before, unless that was removed', async () => {
  const store = aStore();
  await store.install('odd-tiny-1', accepted);
  rmSync(join(own, 'tiny/heads/softmax/odd-tiny-1.onnx'));
  store.refresh();
  const other = tinyHeadModel({ seed: 99 });
  publisher.answerWith((_request, response) => response.end(other));
  await expect(store.install('odd-tiny-1', accepted)).rejects.toMatchObject({ code: 'provider_failed' });
  publisher.answerWith(undefined);
  await store.install('odd-tiny-1', accepted);
  await store.remove('odd-tiny-1');
  publisher.answerWith((_request, response) => response.end(other));
  expect(await store.install('odd-tiny-1', accepted)).toEqual(['odd-tiny-1']);
});

it('imports the models of a folder with their descriptions, and refuses the others with reasons', async () => {
  const from = writeTinyModels(mkdtempSync(join(tmpdir(), 'tonearm-from-')));
  const heads = join(from, 'tiny/heads/softmax');
  writeFileSync(join(heads, 'garbage-tiny-1.onnx'), 'not a model');
  writeFileSync(join(heads, 'three-tiny-1.onnx'), tinyHeadModel({ classes: 3 }));
  writeFileSync(join(heads, 'three-tiny-1.json'), JSON.stringify({ classes: ['one', 'two'] }));
  writeFileSync(join(heads, 'unknown-tiny-1.onnx'), tinyHeadModel({ seed: 5 }));
  const store = aStore();
  const { imported, refused } = await store.importFolder(from);
  expect(imported).toEqual(['tiny-1', 'bright-tiny-1', 'calm-tiny-1', 'unknown-tiny-1']);
  expect(refused.map(({ name }) => name)).toEqual(['garbage-tiny-1', 'three-tiny-1']);
  expect(refused[1].reason).toContain('3 outputs');
  expect(left()).not.toContain('tiny/heads/softmax/garbage-tiny-1.onnx');
  expect(store.list().find(({ name }) => name === 'unknown-tiny-1')).toMatchObject({ state: 'needs_labels' });
  expect(store.current().backbones[0].heads.map(({ name }) => name)).toEqual(['bright-tiny-1', 'calm-tiny-1']);
  expect((await store.importFolder(from)).imported).toEqual([]);
});

it('refuses a folder without models, and a head without its backbone', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'tonearm-empty-'));
  await expect(aStore().importFolder(empty)).rejects.toMatchObject({ code: 'invalid_input' });
  const from = writeTinyModels(mkdtempSync(join(tmpdir(), 'tonearm-heads-')));
  rmSync(join(from, 'tiny/embeddings'), { recursive: true });
  const { imported, refused } = await aStore().importFolder(from);
  expect(imported).toEqual([]);
  expect(refused[0].reason).toContain('needs the embedding model');
});

it('removes a model or a whole backbone, but nothing from a folder that is only read', async () => {
  const readOnly = writeTinyModels(mkdtempSync(join(tmpdir(), 'tonearm-fixed-')));
  const store = aStore({ folders: [own, readOnly] });
  expect(store.list().find(({ name }) => name === 'tiny-1')).toMatchObject({ state: 'ready', isReadOnly: true });
  await expect(store.remove('tiny-1')).rejects.toMatchObject({ code: 'conflict' });
  cpSync(readOnly, own, { recursive: true });
  store.refresh();
  expect(await store.remove('calm-tiny-1')).toEqual(['calm-tiny-1']);
  const others = aStore();
  expect(await others.remove('tiny')).toHaveLength(2);
  expect(left()).toEqual([]);
  await expect(others.remove('tiny')).rejects.toMatchObject({ code: 'not_found' });
});
