import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where our HTTP listener can be reached. */
export interface ListenerAddress {
  readonly port: number;
  /** Other machines can reach it. */
  readonly isLan: boolean;
}

export interface WebhookUrl {
  readonly url: string;
  readonly from: 'this_machine' | 'container' | 'network';
  /** Whether a call from there can reach us as things stand. */
  readonly isReachable: boolean;
  readonly isRecommended: boolean;
}

export interface LidarrPlace {
  /** The address under which we reach Lidarr. */
  readonly url: string;
  readonly isDocker: boolean;
}

/** The addresses under which a Lidarr may reach us, the likeliest marked. */
export function webhookUrls(
  path: string,
  listener: ListenerAddress,
  lidarr: LidarrPlace,
  addresses = lanAddresses(),
): WebhookUrl[] {
  const { hostname } = new URL(lidarr.url);
  const isHere = isLoopbackName(hostname) || addresses.includes(hostname);
  const nearest = addresses.toSorted((a, b) => sharedBits(b, hostname) - sharedBits(a, hostname))[0];
  const at = (host: string) => `http://${host}:${listener.port}${path}`;
  return [
    { url: at('127.0.0.1'), from: 'this_machine', isReachable: true, isRecommended: isHere && !lidarr.isDocker },
    { url: at('host.docker.internal'), from: 'container', isReachable: true, isRecommended: isHere && lidarr.isDocker },
    ...addresses.map((address) => ({
      url: at(address),
      from: 'network' as const,
      isReachable: listener.isLan,
      isRecommended: !isHere && address === nearest,
    })),
  ];
}

function lanAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}

const isLoopbackName = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

function sharedBits(a: string, b: string): number {
  if (!isIPv4(a) || !isIPv4(b)) return 0;
  return Math.clz32((numberOf(a) ^ numberOf(b)) >>> 0);
}

const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
