import type { KeyboardEvent, ReactNode } from 'react';

export type Tab = { id: string; label: ReactNode };

type Props = { label: string; tabs: readonly Tab[]; active: string; idPrefix: string; onSelect(id: string): void };

/** A row of tabs after the ARIA pattern: arrows, Home and End move and select; Tab leaves. */
export function Tabs({ label, tabs, active, idPrefix, onSelect }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = tabs.findIndex(({ id }) => id === active);
    const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = tabs[(target + tabs.length) % tabs.length];
    if (!next) return;
    onSelect(next.id);
    document.getElementById(tabId(idPrefix, next.id))?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className="wb-tabs" onKeyDown={onKeyDown}>
      {tabs.map(({ id, label: content }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(idPrefix, id)}
          aria-selected={id === active}
          aria-controls={`${idPrefix}-panel`}
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
