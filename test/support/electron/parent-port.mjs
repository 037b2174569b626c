/** Gives a fork of Node the `process.parentPort` that a utility process has, and takes the fork's own channel away. */
const send = process.send.bind(process);
const listeners = { message: new Set(), close: new Set() };
process.on('message', (data) => {
  for (const listen of listeners.message) listen({ data, ports: [] });
});
process.on('disconnect', () => {
  for (const listen of listeners.close) listen();
});
process.parentPort = {
  on: (event, listen) => listeners[event]?.add(listen),
  postMessage: (message) => send(message),
};
process.send = undefined;
