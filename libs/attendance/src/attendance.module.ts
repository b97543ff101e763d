import { Module } from '@nestjs/common';
import { eventsModule } from '#libs/events';
import { FairsModule } from '#libs/fairs';
import { TicketsModule } from '#libs/tickets';
import { Attendance } from './attendance.js';
import { Conflicts } from './conflicts.js';
import { Corrections } from './corrections.js';
import { DeviceClocks } from './device-clocks.js';
import { DeviceSightings } from './device-sightings.js';
import { DeviceTokens } from './device-tokens.js';
import { DevicesController } from './devices.controller.js';
import { GateContexts } from './gate-contexts.js';
import { GateDeskController } from './gate-desk.controller.js';
import { GateRules } from './gate-rules.js';
import { Gates } from './gates.js';
import { GatesController } from './gates.controller.js';
import { Leases } from './leases.js';
import { OfflineController } from './offline.controller.js';
import { OfflineSnapshots } from './offline-snapshots.js';
import { Pairing } from './pairing.js';
import { Quarantine } from './quarantine.js';
import { ScanBatch } from './scan-batch.js';
import { ScanRoute } from './scan-route.js';
import { Scans } from './scans.js';
import { ScansController } from './scans.controller.js';
import { Sweeps } from './sweeps.js';
import { Uploads } from './uploads.js';
import { UseOfTickets } from './use-of-tickets.js';
import { ZoneCommands } from './zone-commands.js';
import { ZonesController } from './zones.controller.js';

const offered = [Attendance, Conflicts, Corrections, Gates, GateRules, Leases, OfflineSnapshots, Pairing, Quarantine, Scans, Sweeps, Uploads, ZoneCommands];

@Module({
  imports: [eventsModule, FairsModule, TicketsModule],
  controllers: [OfflineController, DevicesController, GateDeskController, GatesController, ScansController, ZonesController],
  providers: [...offered, DeviceClocks, DeviceSightings, DeviceTokens, GateContexts, ScanBatch, ScanRoute, UseOfTickets],
  exports: offered,
})
export class AttendanceModule {}
