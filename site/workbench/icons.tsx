/** The few signs of the workbench, drawn for it: each differs in shape, so that colour is never alone. */
type Sign =
  | 'run'
  | 'stop'
  | 'check'
  | 'cross'
  | 'caught'
  | 'missed'
  | 'dot'
  | 'dash'
  | 'clock'
  | 'lock'
  | 'skip'
  | 'none';

const shapes: Record<Sign, React.ReactNode> = {
  run: <path d="M4 2.5v11l9.5-5.5z" fill="currentColor" />,
  stop: <rect x="3.5" y="3.5" width="9" height="9" fill="currentColor" />,
  check: <path d="M2.5 8.5 6 12l7.5-8" fill="none" stroke="currentColor" strokeWidth="2" />,
  cross: <path d="m3.5 3.5 9 9m0-9-9 9" fill="none" stroke="currentColor" strokeWidth="2" />,
  // A bug behind the line: pinned.
  caught: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="M4.75 8.25 7 10.5l4.25-4.75" fill="none" stroke="var(--surface)" strokeWidth="1.75" />
    </>
  ),
  missed: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.75" strokeDasharray="3 2.2" />,
  dot: <circle cx="8" cy="8" r="1.75" fill="currentColor" />,
  dash: <path d="M4.5 8h7" stroke="currentColor" strokeWidth="1.75" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <path d="M8 4.5V8l2.5 1.75" fill="none" stroke="currentColor" strokeWidth="1.75" />
    </>
  ),
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" fill="currentColor" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  none: null,
  skip: <path d="M3 3.5v9L8 8zm5 0v9L13 8z" fill="currentColor" />,
};

/** Decoration only: the words beside or inside the control carry the meaning. */
export function Icon({ sign, size = 16 }: { sign: Sign; size?: number }) {
  return (
    <svg className="wb-icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {shapes[sign]}
    </svg>
  );
}
