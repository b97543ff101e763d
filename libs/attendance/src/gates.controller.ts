import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import type { Actor, Gate, PairingCode } from '#libs/contracts';
import { IdPipe } from '#libs/platform';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { GateDto, UpdateGateDto } from './gates.dto.js';
import { Gates } from './gates.js';
import { Pairing } from './pairing.js';

@Controller()
@Allow('organiserAdmin', 'organiserStaff')
export class GatesController {
  constructor(private readonly gates: Gates, private readonly pairing: Pairing) {}

  /** The fair's gates, for anyone who can see the fair; their devices for its organiser. */
  @Get('fairs/:fairId/gates')
  @Allow('anyone')
  list(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<Gate[]> {
    return this.gates.list(actor, fairId);
  }

  @Post('fairs/:fairId/gates')
  create(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() gate: GateDto): Promise<Gate> {
    return this.gates.create(actor, fairId, gate);
  }

  @Patch('gates/:gateId')
  update(@Me() actor: Actor, @Param('gateId', IdPipe) gateId: string, @Body() gate: UpdateGateDto): Promise<Gate> {
    return this.gates.update(actor, gateId, gate);
  }

  @Delete('gates/:gateId')
  @HttpCode(204)
  remove(@Me() actor: Actor, @Param('gateId', IdPipe) gateId: string): Promise<void> {
    return this.gates.remove(actor, gateId);
  }

  /** A code that signs one device in to this gate, once, within ten minutes. */
  @Post('gates/:gateId/pairing-codes')
  pairingCode(@Me() actor: MemberActor, @Param('gateId', IdPipe) gateId: string): Promise<PairingCode> {
    return this.pairing.makeCode(actor, gateId);
  }
}
