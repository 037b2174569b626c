/** Each component of `ui` in each of its states, under its name. */
import { dialogs } from './dialogs';
import { feedback } from './feedback';
import { form } from './form';
import { grids } from './grids';
import { icons } from './icons';
import { layout } from './layout';
import type { ComponentName, Specimen, SpecimenName } from './specimen';

export type { Specimen, SpecimenName } from './specimen';

/** Complete, or it does not compile: a component that `ui` gives has a place here. */
export const SPECIMENS: Record<ComponentName, readonly Specimen[]> = {
  ...form,
  ...feedback,
  ...dialogs,
  ...grids,
  ...layout,
  ...icons,
};

export const componentNames = Object.keys(SPECIMENS) as ComponentName[];

export const findSpecimen = ({ component, state }: SpecimenName): Specimen | undefined =>
  Object.entries(SPECIMENS)
    .find(([name]) => name === component)?.[1]
    .find((specimen) => specimen.state === state);
