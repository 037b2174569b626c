import { homedir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordFigure } from './figures';
import { type Answer, type Fortress, startFortress } from './fuzz/fortress';
import { type HostileRequest, type OpenApi, operationsOf, requestsTo } from './fuzz/operations';

const ISOLATED = process.env.TONEARM_FUZZ_ONLY;
const CASES = Number(process.env.TONEARM_FUZZ_CASES) || (process.env.TONEARM_FIGURES === '1' ? 200 : 4);
const SEED = Number(process.env.TONEARM_SEED) || 20_261_121;
const SLOW_MS = 2000;
const REPOSITORY = join(import.meta.dirname, '../..');
const SOURCE = /\n\s+at |node_modules|\.[jt]s:\d+|SQLITE_|SqliteError/;

let fortress: Fortress;
let document: OpenApi;
beforeAll(async () => {
  fortress = await startFortress();
  document = await fortress.document();
});
afterAll(() => fortress.remove());

/** What is wrong with an answer; undefined for what may be answered. */
function wrongWith({ path, body }: HostileRequest, { status, text, busyMs }: Answer): string | undefined {
  if (status === 500) return 'answered 500';
  if (busyMs > SLOW_MS) return `worked ${Math.round(busyMs)} ms`;
  if (status < 400) return undefined;
  if (SOURCE.test(text)) return `tells of its inside: ${text.slice(0, 500)}`;
  const sent = `${plainText(path)} ${body}`;
  // A name that was sent earlier may be told again.
  const reported = fortress.words.toSorted().reduceRight((rest, word) => rest.replaceAll(word, ''), text);
  const leaked = [fortress.folder, REPOSITORY, homedir()].find(
    (ours) => reported.includes(ours) && !sent.includes(ours),
  );
  return leaked && `tells of ${leaked}: ${text.slice(0, 500)}`;
}

/** Percent signs undone, where they stand for text. */
const plainText = (path: string) =>
  path.replaceAll(/%([0-7][0-9a-f])/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`)));

const shown = ({ method, path, type, body }: HostileRequest) =>
  `${method} ${path.slice(0, 300)} ${type ?? ''} ${String(body ?? '').slice(0, 500)}`;

it(`answers ${CASES} hostile requests to every operation with a refusal or an answer, never with a fault`, async () => {
  const operations = operationsOf(document).filter(({ path }) => !ISOLATED || path.includes(ISOLATED));
  const faults: string[] = [];
  let asked = 0;
  for (const operation of operations) {
    const requests = fc.sample(requestsTo(operation, document, fortress.words), { numRuns: CASES, seed: SEED });
    for (const request of requests) {
      asked += 1;
      const answer = await fortress.send(request);
      const wrong = wrongWith(request, answer);
      if (wrong) faults.push(`${shown(request)}\n  ${wrong}`);
    }
  }
  recordFigure('fuzz', {
    what: `hostile requests to ${operations.length} operations (seed ${SEED})`,
    cases: asked,
    passed: asked - faults.length,
    line: '100 %',
    note: 'no 500, no stack, no path of the machine, no 2 s of work',
  });
  expect(faults).toEqual([]);
  expect(operations.length).toBeGreaterThan(ISOLATED ? 0 : 150);
}, 1_800_000);

it('is healthy after that, wrote nothing where nothing belongs, and no secret into its log', async () => {
  const { status } = await fortress.send({ method: 'GET', path: '/health' });
  expect(status).toBe(200);
  const logged = await fortress.close();
  expect(fortress.escaped()).toEqual([]);
  expect(fortress.secrets.size).toBeGreaterThan(ISOLATED ? 0 : 3);
  for (const secret of [...fortress.secrets, 'b-secret-word']) expect(logged).not.toContain(secret);
});
