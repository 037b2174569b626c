import type { Feature } from '../router';
import { libraryGate } from '../tracks';
import { FirstUse } from './FirstUse';

export const welcome: Feature = [libraryGate.with(FirstUse)];
