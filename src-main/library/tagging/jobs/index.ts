/** Tagging jobs: analyze a file and write its tags, write what was analyzed before, rewrite what is out of date. */
export { type Attempts, createAttempts } from './failed-attempts';
export { createRewrite, type Rewrite } from './rewrite';
export { createStaleQueries } from './stale-queries';
export { createTagJob, type TagJobDeps, withPath } from './tag-job';
export { findKnownStamp, stabilityOption, waitUntilStable } from './wait-until-stable';
export { createWriteAnalyzed, createWriteJob, type WriteAnalyzed } from './write-job';
