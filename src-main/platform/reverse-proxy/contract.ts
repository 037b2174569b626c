import { z } from 'zod';
import { setting } from '../settings/contract';

const Address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)(:\d{1,5})?$/i;

/** The parts of a list as it stands in a setting or a variable: between commas or spaces. */
export const partsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** `tonearm`, `/tonearm` and `/tonearm/` are the same: `/tonearm`. Nothing but slashes is no path. */
export const pathOf = (text: string): string => {
  const path = text.trim().split('/').filter(Boolean).join('/');
  return path && `/${path}`;
};

const listOf = (isRight: (part: string) => boolean, what: string) =>
  z
    .string()
    .max(2000)
    .refine((text) => partsOf(text).every(isRight), what)
    .default('');

export const reverseProxySettings = {
  trusted_proxies: setting({
    schema: listOf((part) => Address.safeParse(part).success, 'addresses or ranges such as 172.18.0.0/16, with commas'),
    title: 'Reverse proxies to believe',
    description: 'Addresses or ranges of reverse proxies that say for whom they ask, such as 127.0.0.1, 172.18.0.0/16',
    effect: 'Applies to the next request. An option of nom serve, or a variable, goes first.',
  }),
  allowed_hosts: setting({
    schema: listOf((part) => HOST.test(part), 'names such as music.example.org, with commas'),
    title: 'Names of this server',
    description: 'Names by which browsers and reverse proxies ask for Tonearm, such as music.example.org',
    effect: 'Applies to the next request. An option of nom serve, or a variable, goes first.',
  }),
  base_path: setting({
    schema: z
      .string()
      .max(200)
      .regex(/^[\w.~/-]*$/, 'a path such as /tonearm')
      .refine((text) => !text.split('/').some((part) => /^\.+$/.test(part)), 'a path such as /tonearm')
      .default(''),
    title: 'Path below which a reverse proxy shows Tonearm',
    description: 'Such as /tonearm; nothing when it has a name of its own',
    effect: 'Applies to the next request. An option of nom serve, or a variable, goes first.',
  }),
};
