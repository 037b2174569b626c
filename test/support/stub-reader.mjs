/**
 * A reader of files that misbehaves as its input tells: what the application has to live with. Plain JavaScript, so that
 * it can be forked as it is. Answers with the number of its process.
 */
const hoard = [];

const BEHAVIOURS = {
  abort: () => process.abort(),
  leave: () => process.exit(0),
  hang: () => {
    for (;;);
  },
  memory: () => {
    hoard.push(Buffer.alloc(16 * 1024 * 1024, 1));
    setImmediate(BEHAVIOURS.memory);
  },
  wait: () => {},
};

const answer = (id) => process.send({ results: [{ id, outcome: { ok: true, value: process.pid } }] });

process.on('message', ({ requests }) => {
  for (const { id, input } of requests) {
    if (BEHAVIOURS[input]) setImmediate(BEHAVIOURS[input]);
    else setTimeout(answer, 5, id);
  }
});
process.on('disconnect', () => process.exit(0));
if (process.execArgv.includes('--no-warnings')) process.exit(1);
process.send({ results: [] });
