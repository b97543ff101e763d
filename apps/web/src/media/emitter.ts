type Act = (...of: unknown[]) => void;

/** Typed events by tuples: `class Door extends Emitter<{ opened: [by: string] }>`. `on` answers what ends it. */
export class Emitter<Events extends { [K in keyof Events]: unknown[] }> {
  private readonly listeners = new Map<keyof Events, Set<Act>>();

  on<K extends keyof Events>(name: K, act: (...of: Events[K]) => void): () => void {
    const all = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, all);
    all.add(act as unknown as Act);
    return () => void all.delete(act as unknown as Act);
  }

  protected tell<K extends keyof Events>(name: K, ...of: Events[K]): void {
    for (const act of [...this.listeners.get(name) ?? []]) act(...of);
  }
}
