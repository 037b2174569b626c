import type { HttpRoute } from '../procedure';
import type { Route } from '../routes';

/** What Nomarr's page called: paths under /web, each the same procedure as its newer path. */
const ALIASES: Readonly<Record<string, readonly HttpRoute[]>> = {
  'auth.login': ['POST /web/auth/login'],
  'auth.logout': ['POST /web/auth/logout', 'POST /web/api/logout'],
  'queue.list': ['GET /web/api/list'],
  'queue.get': ['GET /web/api/status/:job_id'],
  'queue.depth': ['GET /web/api/queue-depth'],
  'queue.cleanup': ['POST /web/api/queue/cleanup'],
  'queue.reset': ['POST /web/api/admin/reset'],
  'queue.tag': ['POST /web/api/process'],
  'nomarr.queuePage': ['GET /web/api/queue'],
  'nomarr.removeJob': ['POST /web/api/queue/remove'],
  'nomarr.flush': ['POST /web/api/queue/flush'],
  'nomarr.pauseWorker': ['POST /web/api/admin/worker/pause'],
  'nomarr.resumeWorker': ['POST /web/api/admin/worker/resume'],
  'nomarr.refreshCache': ['POST /web/api/admin/cache/refresh'],
  'nomarr.restart': ['POST /web/api/admin/restart'],
  'nomarr.batchProcess': ['POST /web/api/batch-process'],
  'nomarr.config': ['GET /web/api/config'],
  'nomarr.setConfig': ['POST /web/api/config'],
  'tagging.show': ['GET /web/api/show-tags'],
  'tagging.remove': ['DELETE /web/api/remove-tags'],
  'health.info': ['GET /web/api/info'],
  'health.health': ['GET /web/api/health'],
  'libraries.stats': ['GET /web/api/library/stats'],
};

/** Whole families of paths that are there twice. */
const MIRRORS: readonly (readonly [from: string, to: string])[] = [
  ['/admin/', '/api/v1/admin/'],
  ['/api/web/calibration/', '/web/api/calibration/'],
  ['/api/web/navidrome/', '/web/api/navidrome/'],
  ['/api/web/analytics/', '/web/api/analytics/'],
];

/** The same routes, each also at its older paths; the one that we use ourselves stays the first. */
export function withNomarrPaths(routes: readonly Route[]): Route[] {
  return routes.map((route) => {
    const { http } = route.procedure;
    const more = [...(ALIASES[route.name] ?? []), ...http.flatMap(mirrorsOf)].filter((path) => !http.includes(path));
    return more.length === 0 ? route : { ...route, procedure: { ...route.procedure, http: [...http, ...more] } };
  });
}

function mirrorsOf(http: HttpRoute): HttpRoute[] {
  const [method, path] = http.split(' ', 2);
  return MIRRORS.filter(([from]) => path.startsWith(from)).map(
    ([from, to]) => `${method} ${to}${path.slice(from.length)}` as HttpRoute,
  );
}
