import { serveThread } from '../../platform/worker-thread';
import { type Judged, judge, type WrittenFile } from './judge';

/** So that one file is read while another is hashed. */
const AT_ONCE = 3;

/** Judges files in a thread of its own, and tells how many are done. */
void serveThread<readonly WrittenFile[], Judged[], number>(async (files, tell) => {
  const judged: Judged[] = [];
  let next = 0;
  let done = 0;
  async function work(): Promise<void> {
    while (next < files.length) {
      const index = next++;
      judged[index] = await judge(files[index]);
      tell(++done);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return judged;
});
