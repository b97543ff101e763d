import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Actor, Page, Ticket, TicketKey, TicketRow } from '#libs/contracts';
import { IdPipe, Limits } from '#libs/platform';
import { actorId, Allow, Me, type CandidateActor } from '#libs/identity';
import { Issuing } from './issuing.js';
import { Registration } from './registration.js';
import { TicketKeys } from './ticket-keys.js';
import { Tickets } from './tickets.js';
import { IssuePassesDto, RegisterTicketDto, RevokeTicketDto, TicketQueryDto, WalkInDto } from './tickets.dto.js';

@Controller()
export class TicketsController {
  constructor(
    private readonly tickets: Tickets,
    private readonly registration: Registration,
    private readonly issuing: Issuing,
    private readonly keys: TicketKeys,
    private readonly limits: Limits,
  ) {}

  /** Registers the signed-in candidate. */
  @Post('fairs/:fairId/tickets')
  @Allow('candidate')
  async register(@Me() actor: CandidateActor, @Param('fairId', IdPipe) fairId: string, @Body() { requestKey }: RegisterTicketDto): Promise<Ticket> {
    await this.limits.take('registerTicketByAccount', actor.accountId);
    const { ticket, fair } = await this.registration.registered(actor.accountId, fairId, requestKey);
    return this.tickets.viewIn(fair, ticket);
  }

  /** The fair's tickets, for its organiser. */
  @Get('fairs/:fairId/tickets')
  @Allow('organiserAdmin', 'organiserStaff')
  list(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Query() query: TicketQueryDto): Promise<Page<TicketRow>> {
    return this.tickets.list(actor, fairId, query);
  }

  /** Passes for staff and employers, to be printed. */
  @Post('fairs/:fairId/passes')
  @Allow('organiserAdmin', 'organiserStaff')
  async passes(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() { zoneIds = [], ...order }: IssuePassesDto): Promise<Ticket[]> {
    return this.tickets.views(await this.issuing.passes(actor, fairId, { ...order, zoneIds }));
  }

  /** A ticket for somebody who stands at the gate without one. */
  @Post('fairs/:fairId/walk-ins')
  @Allow('gateDevice', 'organiserAdmin', 'organiserStaff')
  async walkIn(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string, @Body() { requestKey, zoneIds = [], persons }: WalkInDto): Promise<Ticket> {
    await this.limits.take('walkInByDevice', actorId(actor) ?? fairId);
    return this.tickets.view(await this.issuing.walkIn(actor, fairId, requestKey, zoneIds, persons));
  }

  /** The holder gives the ticket back. */
  @Delete('tickets/:ticketId')
  @HttpCode(204)
  @Allow('candidate')
  cancel(@Me() actor: CandidateActor, @Param('ticketId', IdPipe) ticketId: string): Promise<void> {
    return this.tickets.cancel(actor, ticketId);
  }

  /** 作废. */
  @Post('tickets/:ticketId/revoke')
  @HttpCode(200)
  @Allow('organiserAdmin', 'organiserStaff')
  revoke(@Me() actor: Actor, @Param('ticketId', IdPipe) ticketId: string, @Body() { reason }: RevokeTicketDto): Promise<TicketRow> {
    return this.tickets.revoke(actor, ticketId, reason);
  }

  /** The public keys of ticket codes. */
  @Get('tickets/keys')
  @Allow('anyone')
  publicKeys(): Promise<TicketKey[]> {
    return this.keys.list();
  }

  /** The signed-in candidate's own tickets. */
  @Get('me/tickets')
  @Allow('candidate')
  mine(@Me() actor: CandidateActor): Promise<Ticket[]> {
    return this.tickets.mine(actor.accountId);
  }
}
