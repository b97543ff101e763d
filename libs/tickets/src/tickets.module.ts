import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { Issuing } from './issuing.js';
import { Registration } from './registration.js';
import { RegistrationBatch } from './registration-batch.js';
import { TicketCodes } from './ticket-codes.js';
import { TicketKeys } from './ticket-keys.js';
import { TicketPerson } from './ticket-person.js';
import { TicketSchedule } from './ticket-schedule.js';
import { TicketUses } from './ticket-uses.js';
import { Tickets } from './tickets.js';
import { TicketsController } from './tickets.controller.js';

const offered = [Issuing, Registration, TicketCodes, TicketKeys, Tickets, TicketUses];

@Module({
  imports: [eventsModule, FairsModule],
  controllers: [TicketsController],
  providers: [...offered, RegistrationBatch, TicketPerson, TicketSchedule],
  exports: offered,
})
export class TicketsModule {}
