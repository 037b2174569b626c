import './no-eval';
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { contract } from '../src-main/app/contract';
import { shellContract } from '../src-main/transport/shell/contract';
import { CALL_CHANNEL, EVENT_CHANNEL, type TonearmBridge } from './contract';

const NAMES: ReadonlySet<string> = new Set(
  Object.entries({ ...contract, shell: shellContract }).flatMap(([domain, procedures]) =>
    Object.keys(procedures).map((name) => `${domain}.${name}`),
  ),
);

const bridge: TonearmBridge = {
  call(name, input) {
    if (!NAMES.has(name)) return Promise.reject(new Error(`There is no procedure ${name}.`));
    return ipcRenderer.invoke(CALL_CHANNEL, name, input);
  },
  on(listener) {
    const receive = (_event: IpcRendererEvent, event: { name: string; payload: unknown }) => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, receive);
    return () => void ipcRenderer.off(EVENT_CHANNEL, receive);
  },
  pathsOf: (files) => files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
};

contextBridge.exposeInMainWorld('tonearm', bridge);
