import { Injectable } from '@nestjs/common';
import type { Reader } from '#libs/platform';

/** Where an employer stands at a fair. */
export interface Stand { boothId: string; boothNumber: string }

/** What jobs must know of booths, which lie above: they register themselves in `onModuleInit`. */
export interface StandSource {
  /** By `fairId/organisationId`; employers without a booth are missing. */
  places(pairs: readonly { fairId: string; organisationId: string }[]): Promise<Map<string, Stand>>;
  /** Whether the employer was admitted to this fair (its application was approved). */
  admitted(fairId: string, organisationId: string, reader?: Reader): Promise<boolean>;
}

@Injectable()
export class Stands {
  private source: StandSource | null = null;

  use(source: StandSource): void {
    if (this.source) throw new Error('The stands have a source already.');
    this.source = source;
  }

  /** Nobody stands anywhere when no slice of this process knows of booths. */
  async places(pairs: readonly { fairId: string; organisationId: string }[]): Promise<Map<string, Stand>> {
    return this.source && pairs.length > 0 ? this.source.places(pairs) : new Map();
  }

  async admitted(fairId: string, organisationId: string, reader?: Reader): Promise<boolean> {
    return this.source ? this.source.admitted(fairId, organisationId, reader) : false;
  }
}
