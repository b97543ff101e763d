import { Injectable } from '@nestjs/common';
import type { Gate, ZoneStatus } from '#libs/contracts';
import { Database, type Reader } from '#libs/platform';
import { Fairs } from '#libs/fairs';
import { Gates } from './gates.js';
import { zoneStatuses } from './zone-status.js';

/** What other slices read of a fair's hall. */
@Injectable()
export class Attendance {
  constructor(private readonly database: Database, private readonly fairs: Fairs, private readonly gateList: Gates) {}

  /** All zones with the exact number inside, the approved number and the locks; the venue first, then by letter. */
  zoneStatuses(fairId: string, reader: Reader = this.database.read): Promise<ZoneStatus[]> {
    return zoneStatuses(reader, this.fairs, fairId);
  }

  /** All gates with their devices (revoked ones too) and when each was last heard of; by name. */
  gates(fairId: string): Promise<Gate[]> {
    return this.gateList.ofFair(fairId);
  }
}
