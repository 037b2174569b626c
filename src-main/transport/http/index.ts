/**
 * HTTP: the listener for programs, browsers and other servers. Checks host, size, pace, credential and origin, then hands the
 * call to its route; sends events as a stream, and the page. Knows no domain but auth.
 */

export { type HttpListener, openHttpListener } from './http-listener';
export { createHttpServer } from './server';
