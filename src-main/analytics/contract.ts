import { z } from 'zod';
import { LibraryId } from '../libraries/contract';
import { procedure } from '../procedure';

const Tier = z.enum(['strict', 'regular', 'loose']);
const Share = z.number().min(0).max(100);
const InLibrary = z.object({ library_id: LibraryId.optional().describe('all libraries together where none is named') });

const limitOf = (usual: number, most: number) =>
  z.coerce.number<number | string>().int().min(1).max(most).default(usual);

export const analyticsContract = {
  moodDistribution: procedure({
    http: 'GET /api/web/analytics/mood-distribution',
    access: 'read',
    summary: 'How many tracks have each mood; every track counts once for a mood',
    input: InLibrary.extend({ tier: Tier.default('regular'), limit: limitOf(30, 1000) }),
    output: z.object({
      tier: Tier,
      analyzedTracks: z.number().int(),
      mood_distribution: z.array(
        z.object({
          mood: z.string(),
          count: z.number().int(),
          percentage: Share.describe('of the sum over all moods'),
          ofAnalyzed: Share.describe('of the tracks that were listened to'),
        }),
      ),
    }),
  }),
};
