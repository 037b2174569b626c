import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathOf } from './requirements';

/** A port that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * A real nginx with a certificate of its own making, which serves until `stop`. All that it writes lies in the folder.
 *
 * @param servers what stands in its `http { … }`; `@TLS@` becomes the lines of the certificate
 */
export async function startNginx(folder: string, servers: string) {
  mkdirSync(folder, { recursive: true });
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name));
  execFileSync(
    pathOf('openssl'),
    // biome-ignore format: a command line
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=music.test', '-keyout', key, '-out', certificate],
    { stdio: 'ignore' },
  );
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${join(folder, n)};`);
  const tls = `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
  const file = join(folder, 'nginx.conf');
  const log = join(folder, 'error.log');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log ${log};
     events { worker_connections 256; }
     http { access_log off; ${kept.join(' ')} ${servers.replaceAll('@TLS@', tls)} }`,
  );
  const child = spawn(pathOf('nginx'), ['-c', file, '-p', folder, '-e', log], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ended = once(child, 'exit');
  return {
    complaint: () => complaint,
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
