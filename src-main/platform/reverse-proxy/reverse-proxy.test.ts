import { expect, it } from 'vitest';
import { findReverseProxy, type ReverseProxySettings } from './reverse-proxy';

const unset: ReverseProxySettings = { trusted_proxies: '', allowed_hosts: '', base_path: '' };

it('goes by the option, else the variable, else the setting', () => {
  const settings = { current: { ...unset, base_path: 'from/setting/', allowed_hosts: 'setting.example' } };
  const env = { TONEARM_BASE_PATH: '/from-environment', TONEARM_ALLOWED_HOSTS: '' };
  expect(findReverseProxy({ basePath: '/from-option' }, settings, env).basePath()).toBe('/from-option');
  expect(findReverseProxy({}, settings, env).basePath()).toBe('/from-environment');
  expect(findReverseProxy({}, settings, {}).basePath()).toBe('/from/setting');
  expect(findReverseProxy({}, settings, env).allowedHosts()).toEqual(['setting.example']);
});

it('follows a setting that changes while it runs', () => {
  const settings = { current: unset };
  const proxy = findReverseProxy({}, settings, {});
  expect(proxy.trusts('10.0.0.7')).toBe(false);
  settings.current = { ...unset, trusted_proxies: '10.0.0.0/8' };
  expect(proxy.trusts('10.0.0.7')).toBe(true);
});

it('believes addresses and ranges of both versions, and no others', () => {
  const env = { TONEARM_TRUSTED_PROXIES: '127.0.0.1 172.16.0.0/12,fd00::/8' };
  const { trusts } = findReverseProxy({}, { current: unset }, env);
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '172.31.255.255', 'fd12::1', 'fd12::1%eth0'])
    expect(trusts(address)).toBe(true);
  for (const address of ['127.0.0.2', '::1', '172.32.0.1', '::ffff:8.8.8.8', 'nonsense', '', undefined])
    expect(trusts(address)).toBe(false);
});

it('says which option or variable cannot be understood', () => {
  const settings = { current: unset };
  expect(() => findReverseProxy({ trustedProxies: ['nginx'] }, settings, {})).toThrow(/--trust-proxy is "nginx"/);
  expect(() => findReverseProxy({}, settings, { TONEARM_ALLOWED_HOSTS: 'http://a' })).toThrow(/TONEARM_ALLOWED_HOSTS/);
  for (const path of ['/a b', '/a?b', '/../a', '/a"'])
    expect(() => findReverseProxy({ basePath: path }, settings, {})).toThrow(/--base-path/);
});
