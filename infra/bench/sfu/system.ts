/** One SFU that carries one broadcast to the load's viewers, ready to be measured. */
export interface System {
  /** Processes whose CPU is counted. */
  pids: number[];
  /** The load's peer that publishes. */
  publisher: number;
  /** The load's peers that watch: `count` from `first` on. */
  first: number;
  count: number;
  close(): Promise<void> | void;
}

/** Does something for 0 to count - 1, a few at a time: a thousand handshakes at once would time out. */
export async function inBatches(count: number, size: number, work: (n: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += size) {
    await Promise.all(Array.from({ length: Math.min(size, count - from) }, (_, n) => work(from + n)));
  }
}
