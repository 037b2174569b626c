import { isIP } from 'node:net';

/**
 * What counts as one client where limits go by address: an address of version 4, and of version 6 the network of 64 bits
 * that one customer has at least, who can change the rest at will.
 */
export function clientGroup(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) !== 6) return plain;
  const [head, tail] = plain.split('::', 2).map((half) => (half === '' ? [] : half.split(':')));
  const given = tail ? head.length + tail.length : 8;
  const parts = [...head, ...new Array<string>(Math.max(0, 8 - given)).fill('0'), ...(tail ?? [])];
  const network = parts.slice(0, 4).map((part) => Number.parseInt(part, 16).toString(16));
  return `${network.join(':')}::/64`;
}
