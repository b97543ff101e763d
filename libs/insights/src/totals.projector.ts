import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, projector } from '#libs/events';
import type { Tx } from '#libs/platform';
import { FairClocks } from './fair-clocks.js';
import { TotalsFold, totalsTypes, type TotalsEvent } from './totals.fold.js';
import { writeTotals } from './totals.tables.js';

export const TOTALS = 'insights.totals';

/** Who watches a picture asks for the totals when it is due; else they need not be newer than this. Milliseconds. */
const PAUSE = 250;

/** Makes every total of the dashboards, in one transaction a batch, so that what one screen shows adds up. */
@Injectable()
export class TotalsProjector implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly clocks: FairClocks,
  ) {}

  onModuleInit(): void {
    this.consumers.add(projector({ name: TOTALS, types: totalsTypes, batch: 2_000, statements: true, pause: PAUSE, project: (tx, events) => this.project(tx, events) }));
  }

  private async project(tx: Tx, events: TotalsEvent[]): Promise<void> {
    const fairIds = events.flatMap(({ data }) => data.fairId ?? []);
    const fold = new TotalsFold(await this.clocks.of(fairIds));
    for (const event of events) fold.add(event);
    await writeTotals(tx, fold);
  }
}
