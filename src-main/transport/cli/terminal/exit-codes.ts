import { type ErrorCode, toFailure } from '../../../rpc';

export const EXIT = {
  done: 0,
  /** Something failed, and was named. */
  failed: 1,
  /** The command was not understood. */
  usage: 2,
  /** A person has to answer a question first; it was printed, and which option says yes. */
  unanswered: 3,
  /** The database cannot be used as it is; sysexits' EX_DATAERR. */
  damaged: 65,
  /** This machine cannot do it, whatever the command: sysexits' EX_CONFIG. */
  unsuited: 78,
  /** Who read the output left before its end, as shells say it: 128 + SIGPIPE. */
  readerLeft: 141,
  /** Ended by Ctrl+C, as shells say it: 128 + SIGINT. */
  interrupted: 130,
} as const;

const UNSUITED: readonly ErrorCode[] = ['inference_unavailable'];

export function exitCodeOf(thrown: unknown): number {
  const { code } = toFailure(thrown);
  if (UNSUITED.includes(code)) return EXIT.unsuited;
  if (code === 'database_damaged') return EXIT.damaged;
  return code === 'invalid_input' ? EXIT.usage : EXIT.failed;
}
