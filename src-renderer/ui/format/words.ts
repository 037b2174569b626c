/** Numbers, times and sizes as people read them. */
const whole = new Intl.NumberFormat('en');

export const number = (value: number): string => whole.format(value);

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The order of names as people count: `Track 2` before `Track 10`. */
export const byName = (a: string, b: string): number => names.compare(a, b);

/** `1 track`, `5,120 tracks`. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${whole.format(value)} ${value === 1 ? one : many}`;

/** `3:07`, `1:02:45`; a dash when it is not known. */
export function clock(milliseconds: number | null): string {
  if (milliseconds === null || !Number.isFinite(milliseconds)) return '–';
  const seconds = Math.round(milliseconds / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `40 s`, `12 min`, `3 h 20 min`: rounded so that it does not flicker. */
export function span(seconds: number): string {
  if (seconds < 60) return `${Math.max(5, Math.round(seconds / 5) * 5)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds % 3600) / 600) * 10;
  if (minutes === 60) return `${hours + 1} h`;
  return minutes === 0 || hours >= 10 ? `${number(hours)} h` : `${hours} h ${minutes} min`;
}

/** `35–50 min` */
export function spanRange(low: number, high: number): string {
  const [from, to] = [span(low), span(high)];
  if (from === to) return `about ${from}`;
  const [fromNumber, fromUnit] = from.split(' ');
  return to === `${to.split(' ')[0]} ${fromUnit}` ? `${fromNumber}–${to}` : `${from} to ${to}`;
}

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `4.2 MB`, in steps of 1000. */
export function bytes(value: number): string {
  const step = value < 1000 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** step;
  return `${scaled >= 100 || step === 0 ? Math.round(scaled) : scaled.toFixed(1)} ${BYTES[step]}`;
}

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** `21 Nov 2026, 07:52`; a dash for never. */
export function moment(iso: string | null): string {
  const date = iso === null ? undefined : new Date(iso);
  return date && !Number.isNaN(date.getTime()) ? day.format(date) : '–';
}

const timeOfDay = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });

/** `7:52:10 AM`, of milliseconds since 1970. */
export const time = (milliseconds: number): string => timeOfDay.format(milliseconds);

const STEPS: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [60, 'second'],
  [60, 'minute'],
  [24, 'hour'],
  [30, 'day'],
  [12, 'month'],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `2 minutes ago`, for a title that says the exact time. */
export function ago(iso: string | null, now = Date.now()): string {
  if (iso === null) return 'never';
  let distance = (new Date(iso).getTime() - now) / 1000;
  if (!Number.isFinite(distance)) return 'never';
  if (Math.abs(distance) < 10) return 'just now';
  for (const [size, unit] of STEPS) {
    if (Math.abs(distance) < size) return relative.format(Math.round(distance), unit);
    distance /= size;
  }
  return relative.format(Math.round(distance), 'year');
}
