import { Injectable } from '@nestjs/common';
import type { PersonExport } from '#libs/contracts';
import type { Tx } from '#libs/platform';

/** Parts of the export that slices above fill in. */
export type ExportPart = Exclude<keyof PersonExport, 'madeAt' | 'profile' | 'consents'>;
/** What a slice holds of a person, as JSON. */
export type CollectExport = (accountId: string) => Promise<unknown[]>;
/** Deletes or unlinks what a slice holds of a person; runs before the person's key is destroyed. */
export type ErasePart = (tx: Tx, accountId: string) => Promise<void>;

/** PIPL 45: where each slice hangs its part of a person's copy. */
@Injectable()
export class Exports {
  private readonly parts = new Map<ExportPart, CollectExport>();

  add(name: ExportPart, collect: CollectExport): void {
    if (this.parts.has(name)) throw new Error(`The export has a part ${name} already.`);
    this.parts.set(name, collect);
  }

  /** The part, or an empty list when no slice of this process holds any. */
  async collect(name: ExportPart, accountId: string): Promise<unknown[]> {
    return (await this.parts.get(name)?.(accountId)) ?? [];
  }
}

/** PIPL 47: where each slice hangs its part of a person's deletion. */
@Injectable()
export class Erasures {
  private readonly parts = new Map<string, ErasePart>();

  /** `name`: the slice, for example `tickets`. */
  add(name: string, erase: ErasePart): void {
    if (this.parts.has(name)) throw new Error(`The deletion has a part ${name} already.`);
    this.parts.set(name, erase);
  }

  /** Runs all parts, one after the other, in one transaction: either everything goes or nothing. */
  async run(tx: Tx, accountId: string): Promise<void> {
    for (const erase of this.parts.values()) await erase(tx, accountId);
  }
}
