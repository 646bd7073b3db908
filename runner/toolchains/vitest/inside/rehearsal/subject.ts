/** Stands for the code under test while a sandbox rehearses. */
export class Subject {
  readonly #kept = new Map<string, { id: string; name: string }>();

  async create(entry: { id: string; name: string }): Promise<{ id: string; name: string }> {
    if (this.#kept.has(entry.id)) throw new Error('exists already');
    this.#kept.set(entry.id, entry);
    return entry;
  }

  async find(id: string): Promise<{ id: string; name: string } | null> {
    return this.#kept.get(id) ?? null;
  }
}
