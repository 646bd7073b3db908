export type Session = { id: string; user: string; roles: Set<string>; openedAt: Date };

export function aSession(given: Partial<Session> = {}): Session {
  return {
    id: crypto.randomUUID(),
    user: 'ada',
    roles: new Set(['editor']),
    openedAt: new Date('2026-03-01T09:00:00Z'),
    ...given,
  };
}
