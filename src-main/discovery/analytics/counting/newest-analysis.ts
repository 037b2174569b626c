import { stillWantedAt } from '../../../platform/database';

/** The newest analysis of each track that is counted: the one that its track names. */
export const NEWEST = `
  SELECT analysis.id, analysis.version
  FROM track CROSS JOIN analysis ON analysis.track_id = track.id AND analysis.version = track.analysis_version
  WHERE (track.state & 5) = 4 AND (@library IS NULL OR track.library_id = @library)
    AND ${stillWantedAt('track.id')}`;
