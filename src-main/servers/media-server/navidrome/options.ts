import { z } from 'zod';
import { CommonOptions } from '../../connections';

export const NavidromeOptions = CommonOptions.extend({
  /** Have Navidrome scan the folders in which we changed tags. */
  rescanAfterTagging: z.boolean().default(true),
});
