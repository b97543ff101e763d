import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AnyEnvelope, SnapshotMap } from '#libs/contracts';
import { Snapshots, type SnapshotKind, type SnapshotSource } from '#libs/events';
import { DomainError } from '#libs/platform';
import { Dashboard, type Picture } from './dashboard.js';
import { TOTALS } from './totals.projector.js';

/** Gives the gateway the pictures of `crowd` and `desk`: any fact of a fair may change them. */
@Injectable()
export class SnapshotSources implements OnModuleInit {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly dashboard: Dashboard,
  ) {}

  onModuleInit(): void {
    this.snapshots.add(source('crowd', (fairId, reached) => this.dashboard.crowd(fairId, { reached })));
    this.snapshots.add(source('desk', (fairId, reached) => this.dashboard.desk(fairId, { reached })));
  }
}

function source<K extends SnapshotKind>(kind: K, read: (fairId: string, reached: Promise<void>) => Promise<Picture<SnapshotMap[K]>>): SnapshotSource<K> {
  return {
    kind,
    read: (fairId, reached) => read(fairId, reached).catch(missing),
    changes: fairOf,
    projector: TOTALS,
  };
}

function fairOf({ data }: AnyEnvelope): string | null {
  return 'fairId' in data ? data.fairId : null;
}

function missing(error: unknown): null {
  if (error instanceof DomainError && error.code === 'notFound') return null;
  throw error;
}
