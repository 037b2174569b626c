export interface OutsideProgram {
  readonly packages: readonly string[];
  /** Where it is, or undefined where it is not. */
  find(): string | undefined;
}
export type ProgramName =
  | 'ffmpeg'
  | 'python3'
  | 'mutagen'
  | 'gcc'
  | 'chromium'
  | 'dejavu-fonts'
  | 'mpd'
  | 'quodlibet'
  | 'beets'
  | 'curl'
  | 'fail2ban-regex'
  | 'nginx'
  | 'openssl'
  | 'exfat-fuse';
export declare const PROGRAMS: Readonly<Record<ProgramName, OutsideProgram>>;
export declare function missingPrograms(): ProgramName[];
export declare function commandThatBrings(names: readonly ProgramName[]): string;
export declare function packagesOf(names: readonly ProgramName[]): string[];
export declare function onPath(name: string): string | undefined;
