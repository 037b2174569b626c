import { actions, type Feature } from '../router';
import { useScans } from './use-scans';

export const libraries: Feature = [actions.with(useScans)];
