import { create } from 'zustand';

export type ShowJobs = 'all' | 'pending' | 'done' | 'skipped' | 'error';

/** Which jobs the person looks at. */
export const useQueueStore = create<{ show: ShowJobs }>()(() => ({ show: 'all' }));

export const showJobs = (show: ShowJobs) => useQueueStore.setState({ show });
