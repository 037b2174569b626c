const PATHS = {
  library: 'M4 5v14M8 5v14M12 5.5l4.5 13.2M12 5h0',
  queue: 'M4 7h10M4 12h10M4 17h6M17 10.5v8M17 18.5a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0ZM17 10.5l3.5 1.4',
  chart: 'M4 20h16M7 20v-7M12 20V5M17 20v-11',
  models: 'M12 3.5 20 8v8l-8 4.5L4 16V8zM4 8l8 4.5L20 8M12 12.5v8',
  connections: 'M9 4v4M15 4v4M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  mix: 'M4 7c6 0 8 10 14 10M4 17c6 0 8-10 14-10M16 4l3 3-3 3M16 14l3 3-3 3',
  playlist: 'M4 6.5h11M4 11.5h11M4 16.5h6M17.5 13.5v6M14.5 16.5h6',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20 20',
  add: 'M12 5v14M5 12h14',
  refresh: 'M19 12a7 7 0 1 1-2.1-5M19 4v4h-4',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5.5v13M16 5.5v13',
  close: 'M6 6l12 12M18 6 6 18',
  undo: 'M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-1',
  retry: 'M5 12a7 7 0 1 0 2.1-5M5 4v4h4',
  front: 'M12 20V6M6.5 11.5 12 6l5.5 5.5M5 3.5h14',
  check: 'M5 12.5 10 17.5 19.5 7',
  warning: 'M12 4 21 19.5H3zM12 10v4.5M12 17v.3',
  error: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 8v5M12 16v.3',
  waiting: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2',
  skip: 'M6 6l7 6-7 6zM17 6v12',
  shield: 'M12 3.5 19 6v6c0 4.5-3 7.5-7 8.5-4-1-7-4-7-8.5V6zM9 12l2.2 2.2L15 10',
  folder: 'M3.5 18V6.5h6l2 2.5h9V18z',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  pen: 'M4.5 19.5 6 14 16 4l4 4L10 18z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7',
  drop: 'M12 3.5V15M7 10.5l5 5 5-5M4.5 20h15',
  key: 'M8.5 15.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12.5 11.5H21v3M17 11.5v2.5',
  copy: 'M9 9h10v11H9zM15 9V4.5H5V15h4',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  moon: 'M19.5 14A8 8 0 0 1 10 4.5a8 8 0 1 0 9.5 9.5Z',
  wave: 'M4 10.5v3M8 7.5v9M12 4.5v15M16 8v8M20 10.5v3',
} as const;
export type IconName = keyof typeof PATHS;

/** Every drawing there is. */
export const iconNames = Object.keys(PATHS) as readonly IconName[];

/** A drawing beside a word; never the only sign of what something means. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
