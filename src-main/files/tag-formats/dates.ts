const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date as precise as a text says it: `1995-10-13`, `1995-10` or `1995`; undefined when there is no year of four
 * digits in it. `10/11/1995` leaves open which is the day, so that only its year is known.
 */
export function dateOf(text: string): string | undefined {
  const trimmed = text.trim();
  const forms = [yearFirst, yearLast, monthInWords, eightDigits];
  for (const form of forms) {
    const found = form(trimmed);
    if (found) return dateFrom(found);
  }
  const [year] = /(?<!\d)[12]\d{3}(?!\d)/.exec(trimmed) ?? [];
  return year;
}

/** The year of a date as `dateOf` gives it. */
export const yearOf = (date: string | undefined): number | null => (date ? Number(date.slice(0, 4)) : null);

interface Parts {
  readonly year: string;
  readonly month?: number;
  readonly day?: number;
}

function dateFrom({ year, month = 0, day = 0 }: Parts): string {
  if (!(month >= 1 && month <= 12)) return year;
  const known = `${year}-${two(month)}`;
  const days = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  return day >= 1 && day <= days ? `${known}-${two(day)}` : known;
}

const two = (number: number) => String(number).padStart(2, '0');

/** `1995`, `1995-10`, `1995/10/13`, `1995.10.13T12:00`. */
function yearFirst(text: string): Parts | undefined {
  const [, year, month, day] = /^([12]\d{3})(?:[-./:](\d{1,2})(?:[-./:](\d{1,2}))?)?(?!\d)/.exec(text) ?? [];
  return year ? { year, month: Number(month ?? 0), day: Number(day ?? 0) } : undefined;
}

/** `13.10.1995` has the day first; with other signs the one above 12 tells. */
function yearLast(text: string): Parts | undefined {
  const [, first, sign, second, year] = /^(\d{1,2})([-./])(\d{1,2})\2([12]\d{3})(?!\d)/.exec(text) ?? [];
  if (!year) return undefined;
  const [a, b] = [Number(first), Number(second)];
  if (sign === '.' || a > 12) return { year, month: b, day: a };
  return b > 12 || a === b ? { year, month: a, day: b } : { year };
}

/** `13 Oct 1995`, `October 13, 1995`, `Oct 1995`. */
function monthInWords(text: string): Parts | undefined {
  const [, word] = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i.exec(text) ?? [];
  const [year] = /(?<!\d)[12]\d{3}(?!\d)/.exec(text) ?? [];
  if (!word || !year) return undefined;
  const [, day] = /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![\d:])/.exec(text.replace(year, '')) ?? [];
  return { year, month: MONTHS.indexOf(word.toLowerCase()) + 1, day: Number(day ?? 0) };
}

/** `19951013` */
function eightDigits(text: string): Parts | undefined {
  const [, year, month, day] = /^([12]\d{3})(\d\d)(\d\d)(?!\d)/.exec(text) ?? [];
  return year ? { year, month: Number(month), day: Number(day) } : undefined;
}
