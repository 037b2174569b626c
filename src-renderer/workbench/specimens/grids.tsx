import { List, longRowAt, rowAt } from './List';
import type { Specimens } from './specimen';

export const grids = {
  Grid: [
    { state: 'a few rows', show: <List label="Few" total={3} rowAt={rowAt} />, isWide: true },
    { state: 'many rows', show: <List label="Many" total={100_000} rowAt={rowAt} isOpenable />, isWide: true },
    { state: 'under the pointer', show: <List label="Hovered" total={3} rowAt={rowAt} isOpenable />, like: 'hover' },
    { state: 'with the focus', show: <List label="Focused" total={3} rowAt={rowAt} />, like: 'focus' },
    {
      state: 'rows that can be chosen',
      show: <List label="Chosen" total={4} rowAt={rowAt} chosen={['Paper boats 2', 'Paper boats 3']} isOpenable />,
      isWide: true,
    },
    { state: 'busy', show: <List label="Busy" total={100_000} rowAt={() => undefined} />, isWide: true },
    { state: 'empty', show: <List label="Empty" total={0} rowAt={rowAt} /> },
    { state: 'long text', show: <List label="Long" total={20} rowAt={longRowAt} />, isWide: true },
    { state: 'in a narrow place', show: <List label="Narrow" total={20} rowAt={longRowAt} /> },
  ],
} satisfies Specimens;
