/** What was read last, up to so many bytes: the newest segments of a broadcast are asked for by everybody at once. */
export class RecentBytes {
  private readonly held = new Map<string, Promise<Buffer | null>>();
  private readonly sizes = new Map<string, number>();
  private total = 0;

  constructor(private readonly most: number) {}

  /** As `read` says; several who ask for the same at once make one reading. What is not there is asked for again. */
  async get(key: string, read: () => Promise<Buffer | null>): Promise<Buffer | null> {
    const there = this.held.get(key);
    if (there) {
      this.held.delete(key);
      this.held.set(key, there);
      return there;
    }
    const reading = read();
    this.held.set(key, reading);
    try {
      const bytes = await reading;
      if (this.held.get(key) !== reading) return bytes; // it was let go meanwhile, and perhaps is read anew
      if (bytes === null) this.held.delete(key);
      else this.add(key, bytes.length);
      return bytes;
    } catch (error) {
      if (this.held.get(key) === reading) this.held.delete(key);
      throw error;
    }
  }

  private add(key: string, size: number): void {
    this.sizes.set(key, size);
    this.total += size;
    for (const oldest of this.held.keys()) {
      if (this.total <= this.most) break;
      const known = this.sizes.get(oldest);
      if (known === undefined) continue; // it is being read: letting it go frees nothing
      this.held.delete(oldest);
      this.total -= known;
      this.sizes.delete(oldest);
    }
  }
}
