/** Line icons on a 16-pixel grid, drawn here so that no icon font has to be loaded. */
const SHAPES = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm3.4 7.9 3.1 3.1',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M3 13l1.1-1.1M11.9 4.1 13 3',
  moon: 'M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z',
  help: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2v.3M8 11.5v.2',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8Z',
  folder: 'M1.5 3.5h4.6l1.4 1.7h7v7.3h-13Z',
  file: 'M3.5 1.5h6l3 3v10h-9Zm6 0v3h3',
  download: 'M8 2v8m0 0L4.8 6.9M8 10l3.2-3.1M2.5 13.5h11',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  home: 'M2.5 2.5h4m-4 0v4m11-4h-4m4 0v4m-11 7h4m-4 0v-4m11 4h-4m4 0v-4',
  up: 'M8 13V3.2m0 0L4 7.2m4-4 4 4',
  down: 'm4 6 4 4 4-4',
  warning: 'M8 2 1.8 13.5h12.4ZM8 6.3v3.4M8 11.5v.2',
  check: 'm3 8.5 3.3 3.2L13 4.8',
  columns: 'M2 3h12v10H2Zm4.5 0v10m4-10v10',
  side: 'M2 3h12v10H2Zm4 0v10',
  star: 'M8 1.8 9.9 6l4.5.5-3.3 3.1.9 4.5L8 11.9l-4 2.2.9-4.5L1.6 6.5 6.1 6Z',
  note: 'M3 2.5h10v7l-3.5 4H3Zm10 7H9.5v4M5.5 5.5h5M5.5 8h3',
  undo: 'M3 6.5h6.5a3.5 3.5 0 0 1 0 7H5M3 6.5l3-3m-3 3 3 3',
  hand: 'M5 8.5V4a1 1 0 0 1 2 0v3.5V3a1 1 0 0 1 2 0v4.5V4a1 1 0 0 1 2 0v5.5c0 2.8-1.4 4.5-4 4.5-1.9 0-2.8-.9-3.8-2.4L2 9.2a1 1 0 0 1 1.6-1.1Z',
  box: 'M2.5 3.5h11v9h-11Z',
  circle: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z',
  lasso:
    'M8 2.5c3.3 0 5.7 1.6 5.7 3.8S11.3 10 8 10s-5.7-1.5-5.7-3.7S4.7 2.5 8 2.5ZM5 9.6c-.9.9-.9 2 0 2.5s1.7.2 1.7 1.6',
  ruler: 'M1.8 10.8 10.8 1.8l3.4 3.4-9 9ZM4 8.6l1.4 1.4M6.3 6.3l2 2M8.6 4l1.4 1.4',
  grid: 'M2.5 2.5h11v11h-11ZM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11',
  camera: 'M1.8 4.8h3l1-1.6h4.4l1 1.6h3v8H1.8ZM8 6.3a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8Z',
  contrast: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 0v12M8 5h4.5M8 8h6M8 11h4.5',
  layers: 'm8 2 6 3-6 3-6-3Zm-6 6 6 3 6-3M2 11l6 3 6-3',
  share:
    'M4 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm8-4a2 2 0 1 1 0 4 2 2 0 0 1 0-4Zm0 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM5.8 7.1l4.4-2.2M5.8 8.9l4.4 2.2',
  filter: 'M2 3h12L9.5 8.5V13l-3-1.5v-3Z',
  target:
    'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm0 3.7a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6ZM8 1v3M8 12v3M1 8h3M12 8h3',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}

/** Two lobes and a core: the mark of the program. */
export function Mark({ size = 18 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" style={{ flex: 'none' }}>
      <g fill="rgb(253 226 76)" stroke="rgb(139 120 20)" strokeWidth="1">
        <ellipse cx="8.5" cy="22" rx="7" ry="4.6" transform="rotate(-42 8.5 22)" />
        <ellipse cx="23.5" cy="10" rx="7" ry="4.6" transform="rotate(-42 23.5 10)" />
      </g>
      <circle cx="16" cy="16" r="2.2" fill="var(--ink)" />
    </svg>
  );
}
