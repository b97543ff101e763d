import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { Actor, BroadcastState, HeldWord, Message, Moderation, Sanction } from '#libs/contracts';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { DecideMessageDto, MessageQueryDto, PostMessageDto, SanctioningDto, SetHeldWordsDto, SetSlowModeDto } from './chat.dto.js';
import { Chat } from './chat.js';
import { HeldWords } from './held-words.js';
import { Moderating } from './moderating.js';
import { States } from './states.js';

/** Chat, and who sees to it. Whoever writes is signed in (网络安全法 24: real identity); reading is for anyone. */
@Controller()
@Allow('employerAdmin', 'recruiter', 'organiserAdmin', 'organiserStaff')
export class ChatController {
  constructor(
    private readonly chat: Chat,
    private readonly moderating: Moderating,
    private readonly states: States,
    private readonly heldWords: HeldWords,
  ) {}

  @Get('broadcasts/:broadcastId/messages') @Allow('anyone')
  list(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Query() query: MessageQueryDto): Promise<Message[]> {
    return this.chat.list(actor, broadcastId, query);
  }

  @Post('broadcasts/:broadcastId/messages') @Allow('candidate', 'employerAdmin', 'recruiter', 'organiserAdmin', 'organiserStaff')
  post(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: PostMessageDto): Promise<Message> {
    return this.chat.post(actor, broadcastId, body);
  }

  @Get('broadcasts/:broadcastId/moderation')
  waiting(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<Moderation> {
    return this.moderating.waiting(actor, broadcastId);
  }

  /** Lets a held message through, or not. */
  @Post('messages/:messageId/decision') @HttpCode(200)
  decide(@Me() actor: MemberActor, @Param('messageId', IdPipe) messageId: string, @Body() body: DecideMessageDto): Promise<Message> {
    return this.moderating.decide(actor, messageId, body.shown);
  }

  @Post('messages/:messageId/answered') @HttpCode(200)
  markAnswered(@Me() actor: MemberActor, @Param('messageId', IdPipe) messageId: string): Promise<Message> {
    return this.moderating.markAnswered(actor, messageId);
  }

  @Delete('messages/:messageId') @HttpCode(204)
  remove(@Me() actor: MemberActor, @Param('messageId', IdPipe) messageId: string): Promise<void> {
    return this.moderating.remove(actor, messageId);
  }

  @Post('broadcasts/:broadcastId/sanctions')
  sanction(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: SanctioningDto): Promise<Sanction> {
    return this.moderating.sanction(actor, broadcastId, body);
  }

  @Delete('broadcasts/:broadcastId/sanctions/:sanctionId') @HttpCode(204)
  lift(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Param('sanctionId', IdPipe) sanctionId: string): Promise<void> {
    return this.moderating.lift(actor, broadcastId, sanctionId);
  }

  @Put('broadcasts/:broadcastId/slow-mode')
  async setSlowMode(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: SetSlowModeDto): Promise<BroadcastState> {
    await this.moderating.setSlowMode(actor, broadcastId, body.seconds);
    return this.states.fresh(broadcastId);
  }

  /** The bureau's list, or ours as long as it has none. */
  @Get('held-words') @Allow('organiserAdmin', 'organiserStaff')
  words(@Me() actor: MemberActor): Promise<HeldWord[]> {
    return this.heldWords.list(actor.organisationId);
  }

  /** Replaces it; an empty one brings ours back. */
  @Put('held-words') @Allow('organiserAdmin', 'organiserStaff')
  setWords(@Me() actor: MemberActor, @Body() body: SetHeldWordsDto): Promise<HeldWord[]> {
    return this.heldWords.replace(actor, body.words);
  }
}
