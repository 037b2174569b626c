/** Tagging jobs: analyze a file and write its tags, write what was analyzed before, rewrite what is out of date. */
export { createEnqueueTracks } from './enqueue-tracks';
export { createAttempts } from './failed-attempts';
export { tagJobKind, WRITE_JOB, writeJobKind } from './job-kinds';
export { createRewrite, type Rewrite } from './rewrite';
export { createStaleQueries } from './stale-queries';
export { createTagJob, withPath } from './tag-job';
export { createTagRequest } from './tag-request';
export { findKnownStamp, stabilityOption } from './wait-until-stable';
export { createWhyPassed } from './why-passed';
export { createWriteAnalyzed, createWriteJob, type WriteAnalyzed } from './write-job';
