import { useEffect, useState } from 'react';

/** A value as it was when it last stood still for a while. */
export function useDebounced<T>(value: T, pauseMs: number): T {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setDebounced(value), pauseMs);
    return () => window.clearTimeout(timer);
  }, [value, pauseMs]);
  return debounced;
}
