import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { Actor, GateConflict, GateCorrection, GateLease, GateRules as Rules, GateSweep, QuarantinedRecord, SweptFair, ZoneStatus } from '#libs/contracts';
import { IdPipe } from '#libs/platform';
import { Allow, Me } from '#libs/identity';
import { Conflicts } from './conflicts.js';
import { Corrections } from './corrections.js';
import { GateRules } from './gate-rules.js';
import { Leases } from './leases.js';
import { ConflictQueryDto, CorrectZoneDto, DecideConflictDto, DecideQuarantineDto, GateRulesDto, SettleLeaseDto, SweepFairDto } from './offline.dto.js';
import { Quarantine } from './quarantine.js';
import { Sweeps } from './sweeps.js';

/** What the organiser decides about the gates: conflicts, quarantine, leases, corrections, the end of a day, the rules. */
@Controller()
@Allow('organiserAdmin', 'organiserStaff')
export class GateDeskController {
  constructor(
    private readonly conflicts: Conflicts, private readonly quarantine: Quarantine, private readonly leases: Leases,
    private readonly corrections: Corrections, private readonly sweeps: Sweeps, private readonly rules: GateRules,
  ) {}

  @Get('fairs/:fairId/conflicts')
  listConflicts(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Query() { open = false }: ConflictQueryDto): Promise<GateConflict[]> {
    return this.conflicts.list(actor, fairId, open);
  }

  @Post('conflicts/:conflictId/decision')
  @HttpCode(200)
  decide(@Me() actor: Actor, @Param('conflictId', IdPipe) conflictId: string, @Body() decision: DecideConflictDto): Promise<GateConflict> {
    return this.conflicts.decide(actor, conflictId, decision);
  }

  @Get('fairs/:fairId/quarantine')
  listQuarantine(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<QuarantinedRecord[]> {
    return this.quarantine.list(actor, fairId);
  }

  @Post('fairs/:fairId/quarantine/decision')
  @HttpCode(200)
  decideQuarantine(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() decision: DecideQuarantineDto): Promise<QuarantinedRecord[]> {
    return this.quarantine.decide(actor, fairId, decision);
  }

  @Get('fairs/:fairId/leases')
  listLeases(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<GateLease[]> {
    return this.leases.list(actor, fairId);
  }

  @Post('leases/:leaseId/recall')
  @HttpCode(200)
  recall(@Me() actor: Actor, @Param('leaseId', IdPipe) leaseId: string): Promise<GateLease> {
    return this.leases.recall(actor, leaseId);
  }

  @Post('leases/:leaseId/settle')
  @HttpCode(200)
  settle(@Me() actor: Actor, @Param('leaseId', IdPipe) leaseId: string, @Body() settling: SettleLeaseDto): Promise<GateLease> {
    return this.leases.settle(actor, leaseId, settling);
  }

  /** 人工更正. */
  @Post('zones/:zoneId/corrections')
  @HttpCode(200)
  correct(@Me() actor: Actor, @Param('zoneId', IdPipe) zoneId: string, @Body() correction: CorrectZoneDto): Promise<ZoneStatus> {
    return this.corrections.correct(actor, zoneId, correction);
  }

  @Get('fairs/:fairId/corrections')
  listCorrections(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<GateCorrection[]> {
    return this.corrections.list(actor, fairId);
  }

  @Get('fairs/:fairId/sweeps')
  listSweeps(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<GateSweep[]> {
    return this.sweeps.list(actor, fairId);
  }

  /** 清场: whoever is still counted is out. */
  @Post('fairs/:fairId/sweep')
  @HttpCode(200)
  sweep(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() sweep: SweepFairDto): Promise<SweptFair> {
    return this.sweeps.sweep(actor, fairId, sweep);
  }

  @Get('fairs/:fairId/gate-rules')
  readRules(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<Rules> {
    return this.rules.read(actor, fairId);
  }

  @Put('fairs/:fairId/gate-rules')
  setRules(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() rules: GateRulesDto): Promise<Rules> {
    return this.rules.set(actor, fairId, rules);
  }
}
