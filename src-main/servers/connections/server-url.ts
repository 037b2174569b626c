import { fieldFailure } from '../../rpc';

/**
 * The address of a server in one spelling: http or https, no credentials, no query, no slash at the end. Throws
 * `invalid_input` with what to change.
 */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname)
    throw refused('The address has to begin with http:// or https://, as in http://192.168.1.2:4533.');
  if (url.username || url.password)
    throw refused('The address may not hold a name or password. Enter them in their own fields.');
  if (url.search || url.hash)
    throw refused(
      'The address may not hold ? or #. Enter only what stands before them, as in http://192.168.1.2:4533.',
    );
  return url.origin + url.pathname.replace(/\/+$/, '');
}

const refused = (message: string) => fieldFailure('url', message);
