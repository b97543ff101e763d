import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { TicketsModule } from '#libs/tickets';
import { Attendance } from './attendance.js';
import { DeviceSightings } from './device-sightings.js';
import { DeviceTokens } from './device-tokens.js';
import { DevicesController } from './devices.controller.js';
import { GateContexts } from './gate-contexts.js';
import { Gates } from './gates.js';
import { GatesController } from './gates.controller.js';
import { Pairing } from './pairing.js';
import { ScanBatch } from './scan-batch.js';
import { Scans } from './scans.js';
import { ScansController } from './scans.controller.js';
import { UseOfTickets } from './use-of-tickets.js';
import { ZoneCommands } from './zone-commands.js';
import { ZonesController } from './zones.controller.js';

const offered = [Attendance, Gates, Pairing, Scans, ZoneCommands];

@Module({
  imports: [eventsModule, FairsModule, TicketsModule],
  controllers: [DevicesController, GatesController, ScansController, ZonesController],
  providers: [...offered, DeviceSightings, DeviceTokens, GateContexts, ScanBatch, UseOfTickets],
  exports: offered,
})
export class AttendanceModule {}
