import { BlockList, isIP } from 'node:net';
import { AppError } from '../../rpc';
import type { SettingsStore } from '../settings';
import type { SettingsOf } from '../settings/contract';
import { partsOf, pathOf, reverseProxySettings } from './contract';

export type ReverseProxySettings = SettingsOf<typeof reverseProxySettings>;

/** What was said on the command line; what is left out is looked for further on. */
export interface ReverseProxyChoices {
  readonly trustedProxies?: readonly string[];
  readonly allowedHosts?: readonly string[];
  readonly basePath?: string;
}

/** How we are reached, as things stand now. */
export interface ReverseProxy {
  /** Whether what comes from this address may say for whom it asks. */
  trusts(address: string | undefined): boolean;
  /** Names in lower case; without a port any port will do. */
  allowedHosts(): readonly string[];
  /** `/tonearm`, or nothing. */
  basePath(): string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Name = keyof ReverseProxySettings;

const VARIABLES: Readonly<Record<Name, string>> = {
  trusted_proxies: 'TONEARM_TRUSTED_PROXIES',
  allowed_hosts: 'TONEARM_ALLOWED_HOSTS',
  base_path: 'TONEARM_BASE_PATH',
};
const OPTIONS: Readonly<Record<Name, string>> = {
  trusted_proxies: '--trust-proxy',
  allowed_hosts: '--allow-host',
  base_path: '--base-path',
};

/**
 * What an option says, else the environment, else the settings, each of the three by itself. A variable that is empty
 * counts as not set. Throws `invalid_input` for an option or a variable that cannot be understood.
 */
export function findReverseProxy(
  choices: ReverseProxyChoices,
  settings: Pick<SettingsStore<ReverseProxySettings>, 'current'>,
  env: Environment = process.env,
): ReverseProxy {
  const given = {
    trusted_proxies: choices.trustedProxies?.join(','),
    allowed_hosts: choices.allowedHosts?.join(','),
    base_path: choices.basePath,
  };
  const fixed = Object.fromEntries(
    (Object.keys(VARIABLES) as Name[]).map((name) => [name, fixedValue(name, given[name], env)]),
  );
  const now = (name: Name): string => fixed[name] ?? settings.current[name];
  const proxies = kept(addressesOf);
  const hosts = kept((text) => partsOf(text).map((host) => host.toLowerCase()));
  return {
    trusts: (address) => address !== undefined && isIn(proxies(now('trusted_proxies')), address),
    allowedHosts: () => hosts(now('allowed_hosts')),
    basePath: () => pathOf(now('base_path')),
  };
}

/** Nothing stands before us. */
export const withoutProxy: ReverseProxy = { trusts: () => false, allowedHosts: () => [], basePath: () => '' };

function fixedValue(name: Name, option: string | undefined, env: Environment): string | undefined {
  const variable = env[VARIABLES[name]] || undefined;
  const value = option ?? variable;
  if (value === undefined) return undefined;
  const parsed = reverseProxySettings[name].schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const said = option === undefined ? VARIABLES[name] : OPTIONS[name];
  throw new AppError('invalid_input', `${said} is "${value}"; it takes ${parsed.error.issues[0].message}.`);
}

/** The last result is kept: these are asked at every request and change hardly ever. */
function kept<T>(make: (text: string) => T): (text: string) => T {
  let last: { text: string; made: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, made: make(text) };
    return last.made;
  };
}

function addressesOf(text: string): BlockList {
  const list = new BlockList();
  for (const part of partsOf(text)) {
    const [address, bits] = part.split('/', 2);
    const family = familyOf(address);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** A listener on `::` tells addresses of version 4 as those of version 6, and local ones with their interface. */
function isIn(list: BlockList, address: string): boolean {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
}
