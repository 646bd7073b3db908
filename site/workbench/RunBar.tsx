import { Icon } from './icons.tsx';

type Props = {
  busy: boolean;
  cancelling: boolean;
  /** Where there is none, the key that runs is named instead. */
  status: string;
  onRun(): void;
  onCancel(): void;
};

/** Run, cancel, and where the run stands in a few words, which the live region says to those who do not see them. */
export function RunBar({ busy, cancelling, status, onRun, onCancel }: Props) {
  return (
    <>
      <button type="button" className="button button-main" onClick={onRun} aria-keyshortcuts="Control+Enter Meta+Enter">
        <Icon sign="run" size={14} /> {busy ? 'Run again' : 'Run'}
      </button>
      <button type="button" className="button" disabled={!busy || cancelling} onClick={onCancel}>
        <Icon sign="stop" size={14} /> Cancel
      </button>
      <p className="wb-status" aria-hidden="true" data-testid="status" data-keys={status === '' || undefined}>
        {status || 'Ctrl or Cmd + Enter runs'}
      </p>
    </>
  );
}
