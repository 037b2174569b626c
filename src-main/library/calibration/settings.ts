import { z } from 'zod';
import { type SettingsOf, setting } from '../../platform/settings/contract';

export const calibrationSettings = {
  calibrate_heads: setting({
    schema: z.boolean().default(false),
    title: 'Calibrate for scripts',
    description: 'Put a calibration to use as soon as a script has it made; allows /admin/calibration/*',
    effect: 'Applies to the next call of a script.',
  }),
  calibration_min_samples: setting({
    schema: z.coerce.number<number | string>().int().min(50).max(100_000).default(100),
    title: 'Tracks for a full calibration',
    description: 'With fewer tracks than this a calibration is blended with the raw scores; 1000 are advised',
    effect: 'Applies to the next calibration that is made.',
  }),
};
export type CalibrationSettings = SettingsOf<typeof calibrationSettings>;
