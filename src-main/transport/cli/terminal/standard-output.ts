import { EXIT } from './exit-codes';

type Stream = Pick<NodeJS.WriteStream, 'on' | 'write' | 'writableLength'>;

/**
 * Watches standard output, whose errors would end the process with a stack trace. A reader that left (`| head`) is no
 * failure to speak of; anything else is said once on `stderr`.
 */
export function watchOutput(stdout: Stream = process.stdout, stderr: Stream = process.stderr) {
  let code: number | undefined;
  const failed = (error: NodeJS.ErrnoException) => {
    if (code !== undefined) return;
    code = error.code === 'EPIPE' ? EXIT.readerLeft : EXIT.failed;
    if (code === EXIT.failed) stderr.write(`${sentenceOf(error)}\n`);
  };
  // Where nobody reads what goes wrong, there is nobody to tell.
  const ignored = () => {};
  stdout.on('error', failed);
  stderr.on('error', ignored);
  return {
    /** Waits until everything is written; gives the exit code that a failure of it calls for. */
    async end(): Promise<number | undefined> {
      if (stdout.writableLength > 0) await new Promise<void>((done) => stdout.write('', () => done()));
      // The error of a write is told one turn after its callback.
      await new Promise(setImmediate);
      return code;
    },
  };
}

function sentenceOf({ code, message }: NodeJS.ErrnoException): string {
  const why = code === 'ENOSPC' ? 'there is no space left' : message;
  return `The result could not be written to standard output: ${why}.`;
}
