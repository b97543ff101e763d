import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, reactor } from '#libs/events';
import { Database } from '#libs/platform';
import { Bookings } from './bookings.js';
import { Places } from './places.js';
import { QueueControl } from './queue-control.js';
import { SlotCalls } from './slot-calls.js';
import { StationRegistry } from './station-registry.js';

/** What follows for places and bookings by itself: from people's rights, and from the fair, the booth and the employer that they are at. */
@Injectable()
export class QueueReactors implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly places: Places,
    private readonly bookings: Bookings,
    private readonly control: QueueControl,
    private readonly slots: SlotCalls,
    private readonly registry: StationRegistry,
  ) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'interviews.consent', types: ['consent.withdrawn'],
      react: async ({ data: { accountId, organisationId, purpose } }) => {
        if (purpose === 'interview' || purpose === 'station') await this.follow(accountId, organisationId, purpose);
      },
    }));
    this.consumers.add(reactor({
      name: 'interviews.fair', types: ['fair.statusChanged'],
      react: async ({ data: { fairId, to } }) => {
        if (to === 'closed' || to === 'cancelled') await this.control.closeAll({ fairId }, to === 'closed' ? '招聘会结束了' : '招聘会取消了');
        if (to === 'cancelled') await this.slots.cancelAll({ fairId }, '招聘会取消了');
      },
    }));
    this.consumers.add(reactor({
      name: 'interviews.employer', types: ['organisation.statusChanged'],
      react: async ({ data: { organisationId, status } }) => {
        if (status === 'suspended') await this.endAll({ organisationId }, '单位被暂停招聘');
      },
    }));
    this.consumers.add(reactor({
      name: 'interviews.booth', types: ['booth.placed', 'booth.removed'],
      // Who stands there is read as it is now: told late, or twice, nothing is closed that is right.
      react: async ({ data: { boothId } }) => {
        const booth = await this.database.read.booth.findUnique({ where: { id: boothId }, select: { organisationId: true } });
        await this.endAll({ boothId, ...(booth?.organisationId ? { organisationId: { not: booth.organisationId } } : {}) }, '单位换了展位');
      },
    }));
  }

  private async endAll(where: Parameters<QueueControl['closeAll']>[0], reason: string): Promise<void> {
    await this.control.closeAll(where, reason);
    await this.slots.cancelAll(where, reason);
  }

  /** Read as it is now: a yes that was given again meanwhile keeps what there is. */
  private async follow(accountId: string, organisationId: string, purpose: 'interview' | 'station'): Promise<void> {
    const consent = await this.database.read.consent.findUnique({ where: { accountId_organisationId_purpose: { accountId, organisationId, purpose } } });
    if (consent?.withdrawnAt === null) return;
    await this.database.transaction(async (tx) => {
      if (purpose === 'station') return this.registry.leave(tx, { accountId, stationId: organisationId });
      await this.places.closeAllOf(tx, accountId, { organisationId });
      await this.bookings.endAllOf(tx, accountId, '本人收回了授权', organisationId);
    });
  }
}
