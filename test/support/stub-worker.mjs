/**
 * A worker that speaks the protocol and misbehaves as the name of its file tells: what the pool has to live with.
 * Plain JavaScript, so that it can be forked as it is.
 */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';

const post = (message) => process.send?.(message);
const rssBytes = () => process.memoryUsage.rss();
const waiting = new Set();
const hoard = [];

const failed = (jobId, code) =>
  post({ type: 'failed', jobId, failure: { code, message: code, details: [] }, rssBytes: rssBytes() });

function analyzed(jobId, options) {
  const analysis = { version: `by ${process.pid}`, preset: options.preset, durationS: 60, heads: [], embeddings: [] };
  post({ type: 'analyzed', jobId, analysis, rssBytes: rssBytes() });
}

const BEHAVIOURS = {
  abort: () => process.abort(),
  leave: () => process.exit(0),
  hang: () => {
    for (;;);
  },
  memory: () => {
    const grow = () => {
      hoard.push(Buffer.alloc(16 * 1024 * 1024, 1));
      setImmediate(grow);
    };
    grow();
  },
  wait: (jobId) => waiting.add(jobId),
  deaf: () => {},
  /** Has all the time in the world until somebody has struck it down over this file. */
  once: (jobId, options, file) => {
    if (existsSync(`${file}.struck`)) analyzed(jobId, options);
    else waiting.add(jobId);
  },
  slow: (jobId, options) => setTimeout(analyzed, 200, jobId, options),
  fail: (jobId) => failed(jobId, 'unreadable_audio'),
  fault: (jobId) => failed(jobId, 'internal'),
};

const ANSWERS = {
  configure: () => {
    if (process.execArgv.includes('--title=dies')) process.abort();
    post({ type: 'configured', version: 'stub', problems: [], rssBytes: rssBytes() });
  },
  analyze: ({ jobId, file, options }) => {
    const behaviour = BEHAVIOURS[basename(file).split('.')[0]];
    post({ type: 'progress', jobId, fraction: 0.5, rssBytes: rssBytes() });
    // After the progress is on its way, which a hanging process would keep from being sent.
    setImmediate(() => (behaviour ? behaviour(jobId, options, file) : analyzed(jobId, options)));
  },
  cancel: ({ jobId }) => {
    if (waiting.delete(jobId)) failed(jobId, 'cancelled');
  },
  inspect: () => process.abort(),
  shutdown: () => process.exit(0),
};

process.on('message', (message) => ANSWERS[message.type](message));
process.on('disconnect', () => process.exit(0));
post({ type: 'hello', protocol: 2, pid: process.pid, versions: {} });
