import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { Actor, BroadcastState, Funnel, Hand } from '#libs/contracts';
import { Allow, Me, type CandidateActor, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { Cards } from './cards.js';
import { Likes } from './likes.js';
import { AddLikesDto, AnswerInvitationDto, CardSightDto, PinJobDto, RaiseHandDto } from './show.dto.js';
import { Stage } from './stage.js';
import { States } from './states.js';

/** What happens on air beside the chat: likes, job cards, the stage. */
@Controller('broadcasts/:broadcastId')
@Allow('employerAdmin', 'recruiter')
export class ShowController {
  constructor(
    private readonly likes: Likes,
    private readonly cards: Cards,
    private readonly stage: Stage,
    private readonly states: States,
  ) {}

  @Post('likes') @HttpCode(204) @Allow('anyone')
  like(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: AddLikesDto): Promise<void> {
    return this.likes.add(actor, broadcastId, body);
  }

  /** Shows one job's card instead of the last one. */
  @Put('pin')
  async pin(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: PinJobDto): Promise<BroadcastState> {
    await this.cards.pin(actor, broadcastId, body.jobId);
    return this.states.fresh(broadcastId);
  }

  @Post('cards') @HttpCode(204) @Allow('anyone')
  see(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: CardSightDto): Promise<void> {
    return this.cards.see(actor, broadcastId, body);
  }

  @Get('funnel') @Allow('employerAdmin', 'recruiter', 'organiserAdmin', 'organiserStaff')
  funnel(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<Funnel> {
    return this.cards.funnel(actor, broadcastId);
  }

  /** Those on stage and asked, then the queue. */
  @Get('hands') @Allow('employerAdmin', 'recruiter', 'organiserAdmin', 'organiserStaff')
  hands(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<Hand[]> {
    return this.stage.list(actor, broadcastId);
  }

  @Post('hand') @HttpCode(200) @Allow('candidate')
  raise(@Me() actor: CandidateActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: RaiseHandDto): Promise<Hand> {
    return this.stage.raise(actor, broadcastId, body);
  }

  /** Takes it down, turns the invitation down, or leaves the stage. */
  @Delete('hand') @HttpCode(204) @Allow('candidate')
  leave(@Me() actor: CandidateActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<void> {
    return this.stage.leave(actor, broadcastId);
  }

  @Post('hand/answer') @HttpCode(200) @Allow('candidate')
  answer(@Me() actor: CandidateActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: AnswerInvitationDto): Promise<Hand> {
    return this.stage.answer(actor, broadcastId, body.accept);
  }

  @Post('hands/:handId/invite') @HttpCode(200)
  invite(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Param('handId', IdPipe) handId: string): Promise<Hand> {
    return this.stage.invite(actor, broadcastId, handId);
  }

  @Delete('hands/:handId') @HttpCode(204) @Allow('employerAdmin', 'recruiter', 'organiserAdmin', 'organiserStaff')
  takeOff(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Param('handId', IdPipe) handId: string): Promise<void> {
    return this.stage.takeOff(actor, broadcastId, handId);
  }
}
