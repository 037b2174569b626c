import { api, isWindow } from './api';

/**
 * Saves a text as a file: the window asks where, a browser puts it where its downloads go. Gives false when the person
 * changed their mind.
 */
export async function saveFile(fileName: string, content: string, type = 'text/plain'): Promise<boolean> {
  if (isWindow) return (await api.shell.saveText({ fileName, content })).path !== null;
  const address = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has not read it yet when the click returns.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
