import { InvalidArgumentError } from 'commander';

/** The value of `--port`. */
export function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is 1 to 65535.');
  return port;
}
