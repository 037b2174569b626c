import { z } from 'zod';
import { CommonOptions } from '../../connections';

export const LidarrOptions = CommonOptions.extend({
  /** How long a new file has to stay unchanged before it is analyzed, in seconds. */
  quietS: z.coerce.number<number | string>().min(0).max(3600).default(20),
  /** Write tags into what was imported; else only analyze it. */
  writeTags: z.boolean().default(true),
});
