import { actions, type Feature, lazyComponent, type NoParams, screen } from '../router';
import { measureLibrary } from './calibration-actions';

declare module '../router' {
  interface ScreenParams {
    calibration: NoParams;
  }
}

export const calibration: Feature = [
  screen({
    name: 'calibration',
    path: '/calibration',
    menu: { title: 'Calibration', icon: 'wave' },
    component: lazyComponent(() => import('./CalibrationPage').then(({ CalibrationPage }) => CalibrationPage)),
  }),
  actions.with(() => [
    { id: 'measure', title: 'Measure the library for a calibration', icon: 'wave', run: () => void measureLibrary() },
  ]),
];
