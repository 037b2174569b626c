import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** How fast calls come. */
export interface Tempo {
  readonly name: string;
  readonly calls: number;
  /** Evenly, whether the ones before were answered or not; null: the next as soon as a connection is free. */
  readonly perMinute: number | null;
  /** Connections, which are kept. */
  readonly atOnce: number;
}

export interface Flooded {
  readonly tempo: Tempo;
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly status: number;
  readonly body: { readonly id?: number; readonly job_id?: number };
  /** From when it was due to be sent. */
  readonly ms: number;
}

/** Calls a server on this machine as many programs do that show one key. */
export function createFlood(port: number, key: string) {
  const agents: Agent[] = [];

  function post(agent: Agent, path: string, body: string): Promise<Answer> {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, agent, path, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () =>
          resolve({ status: response.statusCode!, body: JSON.parse(text), ms: performance.now() - began }),
        );
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  async function evenly({ calls, perMinute }: Tempo, call: (at: number) => Promise<Answer>): Promise<Answer[]> {
    const began = performance.now();
    const sent: Promise<Answer>[] = [];
    for (let at = 0; at < calls; at += 1) {
      const wait = began + (at * 60_000) / perMinute! - performance.now();
      if (wait > 1) await setTimeout(wait);
      sent.push(call(at));
    }
    return Promise.all(sent);
  }

  async function atOnce({ calls, atOnce: most }: Tempo, call: (at: number) => Promise<Answer>): Promise<Answer[]> {
    const answers: Answer[] = [];
    let next = 0;
    const one = async () => {
      for (let at = next++; at < calls; at = next++) answers.push(await call(at));
    };
    await Promise.all(Array.from({ length: most }, one));
    return answers;
  }

  return {
    async run(tempo: Tempo, path: string, bodyOf: (at: number) => unknown): Promise<Flooded> {
      // Each connection in its turn, so that none is idle for so long that the other side lets go of it.
      const agent = new Agent({ keepAlive: true, maxSockets: tempo.atOnce, scheduling: 'fifo' });
      agents.push(agent);
      const call = (at: number) => post(agent, path, JSON.stringify(bodyOf(at)));
      return { tempo, answers: await (tempo.perMinute === null ? atOnce : evenly)(tempo, call) };
    },
    end(): void {
      for (const agent of agents) agent.destroy();
    },
  };
}
