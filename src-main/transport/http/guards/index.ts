/** Guards: what a request has to pass before a procedure sees it: host, credentials, limits, JSON. */
export { limitConnections, limitUnanswered } from './connection-limit';
export { callerOf, contextOf } from './context';
export { setCookie } from './cookies';
export { authenticate, csrfCheck } from './credentials';
export { forwarded } from './forwarded';
export { securityHeaders } from './headers';
export { type HostPolicy, hostCheck } from './host-check';
export { limitLargeBodies } from './large-bodies';
export { rateLimits } from './rate-limits';
export { MAX_BODY_BYTES, requestLimits } from './request-limits';
export { markWebhooks, readText, webhookInput } from './webhooks';
