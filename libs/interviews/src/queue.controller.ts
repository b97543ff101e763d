import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { Actor, Interview, QueueDesk, QueuePlace, QueueState } from '#libs/contracts';
import { Allow, Me, type CandidateActor, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { InterviewViews } from './interview.view.js';
import { PlaceCalling } from './place-calling.js';
import { PlaceJoining } from './place-joining.js';
import { Places } from './places.js';
import { QueueControl } from './queue-control.js';
import { CallNextDto, JoinQueueDto, SetQueueDto, SkipPlaceDto } from './queue.dto.js';
import { QueueStates } from './queue-states.js';
import { QueueViews } from './queue.view.js';

/** A booth's queue: its picture for anyone, its desk for the booth's recruiters. */
@Controller('booths/:boothId/queue')
@Allow('employerAdmin', 'recruiter')
export class QueueController {
  constructor(
    private readonly states: QueueStates,
    private readonly control: QueueControl,
    private readonly joining: PlaceJoining,
    private readonly calling: PlaceCalling,
    private readonly interviews: InterviewViews,
    private readonly views: QueueViews,
  ) {}

  @Get() @Allow('anyone')
  state(@Me() actor: Actor, @Param('boothId', IdPipe) boothId: string): Promise<QueueState> {
    return this.states.of(actor, boothId);
  }

  /** Opens, pauses, limits, closes. Closing tells everybody who waits. */
  @Put()
  async set(@Me() actor: MemberActor, @Param('boothId', IdPipe) boothId: string, @Body() body: SetQueueDto): Promise<QueueDesk> {
    await this.control.set(actor, boothId, body);
    return this.views.desk(actor, boothId);
  }

  @Get('desk')
  desk(@Me() actor: MemberActor, @Param('boothId', IdPipe) boothId: string): Promise<QueueDesk> {
    return this.views.desk(actor, boothId);
  }

  /** A second time is the same place. */
  @Post('places') @HttpCode(200) @Allow('candidate')
  async join(@Me() actor: CandidateActor, @Param('boothId', IdPipe) boothId: string, @Body() body: JoinQueueDto): Promise<QueuePlace> {
    return this.views.place((await this.joining.join(actor, { accountId: actor.accountId, stationId: null }, boothId, body)).id);
  }

  /** Calls the first who is free, or the place that is named. */
  @Post('call') @HttpCode(200)
  async call(@Me() actor: MemberActor, @Param('boothId', IdPipe) boothId: string, @Body() body: CallNextDto): Promise<Interview> {
    return this.interviews.one(actor, (await this.calling.next(actor, boothId, body)).id);
  }
}

/** A candidate's own places; and a recruiter's skip. */
@Controller()
@Allow('candidate')
export class PlacesController {
  constructor(private readonly placesOf: Places, private readonly views: QueueViews) {}

  /** Those that count, and those that ended within twelve hours, the newest first. */
  @Get('me/queue-places')
  async mine(@Me() actor: CandidateActor): Promise<QueuePlace[]> {
    return this.views.places(await this.placesOf.mine(actor.accountId));
  }

  @Delete('queue-places/:placeId') @HttpCode(204)
  leave(@Me() actor: CandidateActor, @Param('placeId', IdPipe) placeId: string): Promise<void> {
    return this.placesOf.leave(actor, actor, placeId);
  }

  /** Called, and not now: the place is kept for a while. */
  @Post('queue-places/:placeId/later') @HttpCode(200)
  async later(@Me() actor: CandidateActor, @Param('placeId', IdPipe) placeId: string): Promise<QueuePlace> {
    return this.views.place((await this.placesOf.later(actor, actor.accountId, placeId)).id);
  }

  /** Missed the call, and is here now: called next. */
  @Post('queue-places/:placeId/return') @HttpCode(200)
  async comeBack(@Me() actor: CandidateActor, @Param('placeId', IdPipe) placeId: string): Promise<QueuePlace> {
    return this.views.place((await this.placesOf.comeBack(actor, actor, placeId)).id);
  }

  /** The place ends; the person is told the reason. */
  @Post('queue-places/:placeId/skip') @HttpCode(200) @Allow('employerAdmin', 'recruiter')
  async skip(@Me() actor: MemberActor, @Param('placeId', IdPipe) placeId: string, @Body() { reason }: SkipPlaceDto): Promise<QueueDesk> {
    return this.views.desk(actor, (await this.placesOf.skip(actor, placeId, reason)).boothId);
  }
}
