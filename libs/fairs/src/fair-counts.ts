import { Injectable } from '@nestjs/common';

/** How many of something each fair has; fairs with none may be missing from the map. */
export type CountByFair = (fairIds: readonly string[]) => Promise<Map<string, number>>;

/** Numbers on a fair's card that slices above know: they register themselves in `onModuleInit`. */
@Injectable()
export class FairCounts {
  private readonly sources = new Map<'booths' | 'jobs', CountByFair>();

  add(of: 'booths' | 'jobs', count: CountByFair): void {
    if (this.sources.has(of)) throw new Error(`The ${of} of a fair are counted already.`);
    this.sources.set(of, count);
  }

  /** An empty map when that slice is not part of this process. */
  async count(of: 'booths' | 'jobs', fairIds: readonly string[]): Promise<Map<string, number>> {
    const source = this.sources.get(of);
    return source && fairIds.length > 0 ? source(fairIds) : new Map();
  }
}
