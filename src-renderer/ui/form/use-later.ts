import { useEffect, useState } from 'react';

/** A value as it was when it last stood still for a while. */
export function useLater<T>(value: T, pauseMs: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setLater(value), pauseMs);
    return () => window.clearTimeout(timer);
  }, [value, pauseMs]);
  return later;
}
