import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { readInstance } from '../../../platform/auth';
import { AppError } from '../../../rpc';
import { serve } from '../../serve';
import {
  type AddCommands,
  ask,
  collect,
  createRestart,
  EXIT,
  findRunning,
  onInterrupt,
  openInBrowser,
  startAgain,
  toPort,
} from '../terminal';

/** The application without a window, and the way into the one that runs. */
export const addServeCommands: AddCommands = (program, run) => {
  program
    .command('serve')
    .description('run without a window, with the page and the API on localhost')
    .option('--port <port>', 'else TONEARM_PORT, else 8356', toPort)
    .option('--listen <address>', 'else TONEARM_LISTEN, else this machine only; 0.0.0.0 for the whole network')
    .option('--open', 'open the page')
    .option(
      '--allow-host <name>',
      'a name by which a reverse proxy asks for us; repeatable; else TONEARM_ALLOWED_HOSTS',
      collect,
    )
    .option(
      '--trust-proxy <address>',
      'a reverse proxy to believe, address or range; repeatable; else TONEARM_TRUSTED_PROXIES',
      collect,
    )
    .option('--base-path <path>', 'the path below which a reverse proxy shows us; else TONEARM_BASE_PATH')
    .option('--insecure-no-auth', 'let everyone in who reaches the port, with all rights')
    .action(
      run(async (cli, _args, options) => {
        const running = await findRunning(readInstance(cli.paths.instanceFile));
        if (running) {
          const { ticket } = await running.api.auth.createTicket({});
          cli.output.note(`Tonearm runs already. Its page: ${running.address}/#login=${ticket}`);
          if (options.open === true) openInBrowser(`${running.address}/#login=${ticket}`, cli.paths.data);
          return EXIT.done;
        }
        const interrupted = onInterrupt();
        const again = createRestart();
        const server = await serve(cli.paths, {
          port: options.port as number | undefined,
          listen: options.listen as string | undefined,
          reverseProxy: {
            allowedHosts: options.allowHost as string[] | undefined,
            trustedProxies: options.trustProxy as string[] | undefined,
            basePath: options.basePath as string | undefined,
          },
          isOpenToAll: options.insecureNoAuth === true,
          restart: again.ask,
        });
        const link = server.listener.loginLink();
        cli.output.answer({ port: server.listener.port, addresses: server.listener.addresses, link }, () => [
          `Tonearm listens on port ${server.listener.port}. Login link (valid once, 5 minutes): ${link}`,
          'Ctrl+C ends it; running files are finished first.',
        ]);
        if (server.listener.isLan) cli.output.note(lanNote(server.listener.port));
        if (options.open === true) openInBrowser(link, cli.paths.data);
        if (!interrupted.signal.aborted) await Promise.race([once(interrupted.signal, 'abort'), again.asked]);
        cli.output.note('Finishing …');
        const { port } = server.listener;
        await server.stop();
        interrupted.release();
        return again.isAsked && !interrupted.signal.aborted ? startAgain(port) : EXIT.done;
      }),
    );

  program
    .command('open')
    .description('open the page of the running application, logged in')
    .option('--print', 'only print the link')
    .action(
      run(async (cli, _args, { print }) => {
        const running = await findRunning(readInstance(cli.paths.instanceFile));
        if (!running) throw new AppError('not_found', 'Tonearm does not run. Start it with "nom serve --open".');
        const { ticket } = await ask(cli, (api) => api.auth.createTicket({}));
        const link = `${running.address}/#login=${ticket}`;
        cli.output.answer({ link }, () => [link]);
        if (print !== true) openInBrowser(link, cli.paths.data);
      }),
    );
};

/** What it means that other machines can reach us. */
function lanNote(port: number): string {
  const addresses = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => `http://${address}:${port}/`);
  return `Other machines reach it at ${addresses.join(', ')}, without encryption: put a reverse proxy with TLS before it where others share the network.`;
}
