import { createWorkerSlot, type SlotParts, type WorkerSlot } from './worker-slot';

/** The places for workers, more or fewer at any time; those in excess finish their file. */
export function createWorkerSlots(parts: SlotParts) {
  const slots: WorkerSlot[] = [];
  let leaving: WorkerSlot[] = [];

  function retire(slot: WorkerSlot): void {
    leaving.push(slot);
    slot.retire();
    slot.done.then(() => {
      leaving = leaving.filter((each) => each !== slot);
    });
  }

  return {
    get size(): number {
      return slots.length;
    },
    status: () => slots.map((slot) => slot.status),
    setSize(size: number): void {
      while (slots.length < size) slots.push(createWorkerSlot(`worker:tag:${slots.length}`, parts));
      for (const slot of slots.splice(size)) retire(slot);
    },
    /** Another worker in each place, after its file. */
    async replaceAll(): Promise<void> {
      await Promise.all(slots.map((slot) => slot.replace()));
    },
    /** Ends whatever they do. */
    killAll(): void {
      for (const slot of [...slots, ...leaving]) slot.kill();
    },
    /** Lets every worker go; resolves when the last has left. */
    async leave(): Promise<void> {
      for (const slot of slots.splice(0)) retire(slot);
      await Promise.all(leaving.map((slot) => slot.done));
    },
  };
}
