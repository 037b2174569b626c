declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';

  /** A SonicBoom stream, of which only this is used. */
  interface RollingFile extends EventEmitter {
    write(line: string): boolean;
    end(): void;
  }
  interface RollOptions {
    file: string;
    size?: string;
    /** The rights of a new file. */
    mode?: number;
    /** Bytes kept in memory while they cannot be written. */
    maxLength?: number;
    limit?: { count: number; removeOtherLogFiles?: boolean };
  }
  const roll: (options: RollOptions) => Promise<RollingFile>;
  export = roll;
}
