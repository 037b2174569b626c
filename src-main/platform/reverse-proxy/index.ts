/**
 * Reverse proxy: by which names and below which path we are asked, and which proxies may say for whom they ask. From
 * options, the environment or settings. Owns no tables.
 */
export { findReverseProxy, type ReverseProxy, type ReverseProxyChoices, withoutProxy } from './reverse-proxy';
