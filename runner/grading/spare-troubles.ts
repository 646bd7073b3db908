/** What the runner holds in advance, in words for a notice. */
export type SpareKind = 'test sandboxes' | 'databases' | 'rehearsals';

const consequences: Record<SpareKind, string> = {
  'test sandboxes': 'Spare test sandboxes cannot be made, so that runs wait longer for theirs',
  databases: 'Spare databases cannot be started, so that containers take longer to start',
  rehearsals: 'Spare test sandboxes go otherwise than they should in their rehearsal, so that runs may take longer',
};

/**
 * What keeps spares from being made. Nothing fails for want of them, so nobody would know: it stands among the notices of
 * the runner while it lasts, and once in its log when it begins.
 */
export class SpareTroubles {
  readonly #current = new Map<SpareKind, string>();
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void = console.error) {
    this.#log = log;
  }

  /** @param trouble why, or undefined if all is well */
  set(kind: SpareKind, trouble: string | undefined): void {
    const known = this.#current.has(kind);
    if (trouble === undefined) {
      this.#current.delete(kind);
      return;
    }
    this.#current.set(kind, trouble);
    if (!known) this.#log(`Boundary: ${this.#sentence(kind, trouble)}`);
  }

  get notices(): string[] {
    return [...this.#current].map(([kind, trouble]) => this.#sentence(kind, trouble));
  }

  #sentence(kind: SpareKind, trouble: string): string {
    const reason = trouble
      .trim()
      .replace(/\s*\n\s*/g, ' ')
      .slice(0, 500);
    return `${consequences[kind]}: ${reason} Every result stays right. If memory or processes are short, set WARM_SANDBOXES lower.`;
  }
}
