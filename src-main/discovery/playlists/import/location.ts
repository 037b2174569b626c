/** `%20` and its like as the signs that they stand for; what stands for none in UTF-8 stays. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}

/**
 * The path that an entry names. Of a `file:` address it is all that follows the host: programs leave `#` and `?` in it
 * as they are in names.
 */
export function pathOf(location: string): string {
  const path = location.replace(/^file:(?:\/\/[^/\\]*)?/i, '');
  return path === location ? location : decodePercent(path);
}
