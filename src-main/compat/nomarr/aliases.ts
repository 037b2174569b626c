import type { HttpRoute, Route } from '../../rpc';

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

/** What its latest versions ask for under other names; where a field is ours alone, it is asked for by our name. */
const LATER: Readonly<Record<string, readonly HttpRoute[]>> = {
  // Our scan looks into every folder and reads only what changed: it is both.
  'libraries.scan': ['POST /api/web/libraries/:id/scan/quick', 'POST /api/web/libraries/:id/scan/full'],
  'libraries.errors': ['GET /api/web/libraries/:id/errored-files'],
  'tagging.rewrite': ['POST /api/web/libraries/:library_id/reconcile-tags'],
  'tagging.stale': ['GET /api/web/libraries/:library_id/reconcile-status'],
  'tracks.list': ['GET /api/web/libraries/files/search'],
  'tracks.get': ['GET /api/web/libraries/files/:id/tags'],
  'models.list': ['GET /api/web/ml/models'],
  'queue.status': ['GET /api/web/processing/status'],
  'calibration.generate': ['POST /api/web/calibration/start-histogram'],
  'calibration.apply': ['POST /api/web/calibration/start-apply'],
  'calibration.status': [
    'GET /api/web/calibration/histogram-status',
    'GET /api/web/calibration/histogram-progress',
    'GET /api/web/calibration/apply-status',
    'GET /api/web/calibration/apply-progress',
  ],
  'calibration.history': ['GET /api/web/calibration/history'],
  'playlistImport.preview': ['POST /api/web/playlist-import/convert'],
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
    const named = [...(ALIASES[route.name] ?? []), ...(LATER[route.name] ?? [])];
    const more = [...named, ...http.flatMap(mirrorsOf)].filter((path) => !http.includes(path));
    return more.length === 0 ? route : { ...route, procedure: { ...route.procedure, http: [...http, ...more] } };
  });
}

function mirrorsOf(http: HttpRoute): HttpRoute[] {
  const [method, path] = http.split(' ', 2);
  return MIRRORS.filter(([from]) => path.startsWith(from)).map(
    ([from, to]) => `${method} ${to}${path.slice(from.length)}` as HttpRoute,
  );
}
