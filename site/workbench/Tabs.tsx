import type { KeyboardEvent, ReactNode } from 'react';

export type Tab = {
  id: string;
  label: ReactNode;
  /** Id of what it shows, where that is not the row's own panel. */
  panel?: string;
  /** Only there where the panes do not stand side by side. */
  narrow?: boolean;
};

type Props = { label: string; tabs: readonly Tab[]; active: string; idPrefix: string; onSelect(id: string): void };

/** A row of tabs after the ARIA pattern: arrows, Home and End move and select; Tab leaves. */
export function Tabs({ label, tabs, active, idPrefix, onSelect }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const there = tabs.filter(({ id }) => document.getElementById(tabId(idPrefix, id))?.checkVisibility());
    const at = there.findIndex(({ id }) => id === active);
    const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: there.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = there[(target + there.length) % there.length];
    if (!next) return;
    onSelect(next.id);
    document.getElementById(tabId(idPrefix, next.id))?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="wb-tabs" onKeyDown={onKeyDown}>
      {tabs.map(({ id, label: content, panel = `${idPrefix}-panel`, narrow }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(idPrefix, id)}
          aria-selected={id === active}
          aria-controls={panel}
          data-narrow={narrow}
          tabIndex={id === active ? 0 : -1}
          onClick={() => onSelect(id)}
        >
          {content}
        </button>
      ))}
    </div>
  );
}

export function tabId(prefix: string, id: string): string {
  return `${prefix}-tab-${id.replaceAll(/[^a-z0-9]/gi, '-')}`;
}
