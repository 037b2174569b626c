/**
 * Sends hostile requests of one kind, as fast as its connections let it, and says what came of them. A process of its
 * own, so that it takes no time from the client whose answers are measured.
 */
import { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { type Assault, closeHalfOpen, type Endings, KINDS } from './hostile-requests';

async function assail(assault: Assault): Promise<Endings> {
  const endings: Record<string, number> = {};
  const agent = new Agent({ keepAlive: true, maxSockets: assault.connections });
  const began = performance.now();
  let next = 0;
  const one = async () => {
    for (let at = next++; at < assault.count; at = next++) {
      const wait = began + (at * 1000) / assault.perSecond - performance.now();
      if (wait > 1) await setTimeout(wait);
      const ending = await KINDS[assault.kind](assault, at, agent);
      endings[ending] = (endings[ending] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: assault.connections }, one));
  // What is held open does its harm for a while longer.
  if (assault.kind.startsWith('half-sent')) await setTimeout(3000);
  closeHalfOpen();
  agent.destroy();
  return endings;
}

process.on('message', (assault: Assault) => {
  void assail(assault).then((endings) => process.send?.(endings, () => process.disconnect()));
});
