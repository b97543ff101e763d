import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AnyEnvelope, EventType, SnapshotMap } from '#libs/contracts';
import { Snapshots, type SnapshotKind, type SnapshotSource } from '#libs/events';
import { DomainError } from '#libs/platform';
import { Dashboard, type Picture } from './dashboard.js';
import { totalsTypes } from './totals.fold.js';

const projectedTypes: ReadonlySet<EventType> = new Set(totalsTypes);

/** Gives the gateway the pictures of `crowd` and `desk`: any fact of a fair may change them. */
@Injectable()
export class SnapshotSources implements OnModuleInit {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly dashboard: Dashboard,
  ) {}

  onModuleInit(): void {
    this.snapshots.add(source('crowd', (fairId) => this.dashboard.crowd(fairId)));
    this.snapshots.add(source('desk', (fairId) => this.dashboard.desk(fairId)));
  }
}

function source<K extends SnapshotKind>(kind: K, read: (fairId: string) => Promise<Picture<SnapshotMap[K]>>): SnapshotSource<K> {
  return {
    kind,
    read: (fairId) => read(fairId).catch(missing),
    changes: fairOf,
    projected: ({ type }) => projectedTypes.has(type),
  };
}

function fairOf({ data }: AnyEnvelope): string | null {
  return 'fairId' in data ? data.fairId : null;
}

function missing(error: unknown): null {
  if (error instanceof DomainError && error.code === 'notFound') return null;
  throw error;
}
