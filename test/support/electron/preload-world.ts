/**
 * What a sandboxed preload finds: a `require` that knows Electron's renderer part and nothing else. A drop is held back
 * until the paths of its files are known, since Electron knows them at once.
 */
export const PRELOAD_WORLD = `
const listeners = new Map();
const paths = new WeakMap();
globalThis.__standIn = {
  dropped: [],
  receive(channel, args) {
    for (const listen of listeners.get(channel) ?? []) listen({}, ...args);
  },
  require(name) {
    if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name);
    return {
      contextBridge: {
        exposeInMainWorld: (key, api) => Object.defineProperty(window, key, { value: Object.freeze({ ...api }) }),
      },
      ipcRenderer: {
        invoke: (channel, ...args) => window.__standInInvoke(channel, args),
        on: (channel, listen) => {
          listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listen));
        },
        off: (channel, listen) => listeners.get(channel)?.delete(listen),
      },
      webUtils: {
        getPathForFile(file) {
          if (!(file instanceof File)) throw new TypeError('getPathForFile needs a File');
          return paths.get(file) ?? '';
        },
      },
    };
  },
};
window.addEventListener('drop', async (event) => {
  if (!event.isTrusted) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const files = [...event.dataTransfer.files];
  __standIn.dropped = files;
  const found = await window.__standInPathsOf(files.length);
  files.forEach((file, index) => paths.set(file, found[index]));
  const again = new Event('drop', { bubbles: true, cancelable: true });
  Object.defineProperty(again, 'dataTransfer', { value: { files, types: ['Files'] } });
  document.body.dispatchEvent(again);
}, true);
`;
