import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Actor, Broadcast, BroadcastPass, BroadcastState, BroadcastSummary, MediaReadiness, MyPlace, Replay, WhipKey } from '#libs/contracts';
import { Allow, Me, type CandidateActor, type MemberActor } from '#libs/identity';
import { DomainError, Files, FileUpload, IdPipe, Uploaded, type UploadedFile } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { Airing } from './airing.js';
import {
  ChangeBroadcastStatusDto, CoverQueryDto, JoinBroadcastDto, MyPlaceQueryDto, ScheduleBroadcastDto, ShowTourPlaceDto, StopBroadcastDto, UpdateBroadcastDto,
} from './broadcast.dto.js';
import { BroadcastViews } from './broadcast.view.js';
import { Broadcasts } from './broadcasts.js';
import { Joining } from './joining.js';
import { Reminders } from './reminders.js';
import { Replays } from './replays.js';
import { Scheduling } from './scheduling.js';
import { States } from './states.js';
import { Tour } from './tour.js';

@Controller()
@Allow('employerAdmin', 'recruiter')
export class BroadcastsController {
  constructor(
    private readonly rooms: Rooms,
    private readonly views: BroadcastViews,
    private readonly broadcasts: Broadcasts,
    private readonly scheduling: Scheduling,
    private readonly airing: Airing,
    private readonly joining: Joining,
    private readonly states: States,
    private readonly tour: Tour,
    private readonly reminders: Reminders,
    private readonly replays: Replays,
    private readonly files: Files,
  ) {}

  /** Whether this installation can carry live media now. */
  @Get('media/readiness') @Allow('anyone')
  readiness(): Promise<MediaReadiness> {
    return this.rooms.readiness();
  }

  /** What is on air first, then the soonest. */
  @Get('fairs/:fairId/broadcasts') @Allow('anyone')
  ofFair(@Me() actor: Actor, @Param('fairId', IdPipe) fairId: string): Promise<BroadcastSummary[]> {
    return this.views.ofFair(actor, fairId);
  }

  @Post('fairs/:fairId/broadcasts')
  async schedule(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Body() body: ScheduleBroadcastDto): Promise<Broadcast> {
    return this.views.one(actor, (await this.scheduling.schedule(actor, fairId, body)).id);
  }

  /** The employer's own. */
  @Get('broadcasts/mine')
  mine(@Me() actor: MemberActor): Promise<BroadcastSummary[]> {
    return this.views.mine(actor);
  }

  @Get('broadcasts/:broadcastId') @Allow('anyone')
  get(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<Broadcast> {
    return this.views.one(actor, broadcastId);
  }

  @Patch('broadcasts/:broadcastId')
  async update(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: UpdateBroadcastDto): Promise<Broadcast> {
    await this.scheduling.update(actor, broadcastId, body);
    return this.views.one(actor, broadcastId);
  }

  /** JPEG or PNG, at most 10 MB. */
  @Put('broadcasts/:broadcastId/cover') @FileUpload()
  async setCover(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Uploaded() cover: UploadedFile): Promise<Broadcast> {
    await this.scheduling.setCover(actor, broadcastId, cover);
    return this.views.one(actor, broadcastId);
  }

  @Get('broadcasts/:broadcastId/cover') @Allow('anyone')
  async cover(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Query() _query: CoverQueryDto, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const { broadcast } = await this.broadcasts.requireVisible(actor, broadcastId);
    if (!broadcast.coverFileId) throw new DomainError('notFound');
    const { file, stream } = await this.files.read(broadcast.coverFileId);
    response.setHeader('Cache-Control', 'private, max-age=86400');
    return new StreamableFile(stream, { type: file.mediaType, length: file.size, disposition: 'inline' });
  }

  /** Rehearse, go live, pause, go on, end, call off. */
  @Post('broadcasts/:broadcastId/status') @HttpCode(200)
  async changeStatus(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: ChangeBroadcastStatusDto): Promise<Broadcast> {
    await this.airing.changeStatus(actor, broadcastId, body);
    return this.views.one(actor, broadcastId);
  }

  /** The fair's organiser stops it, with a reason. */
  @Post('broadcasts/:broadcastId/stop') @HttpCode(200) @Allow('organiserAdmin', 'organiserStaff')
  async stop(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: StopBroadcastDto): Promise<Broadcast> {
    await this.airing.stop(actor, broadcastId, body.reason);
    return this.views.one(actor, broadcastId);
  }

  /** A pass to its room: for viewers, guests on stage, hosts. */
  @Post('broadcasts/:broadcastId/join') @HttpCode(200) @Allow('anyone')
  join(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: JoinBroadcastDto): Promise<BroadcastPass> {
    return this.joining.join(actor, broadcastId, body);
  }

  @Get('broadcasts/:broadcastId/me') @Allow('anyone')
  place(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Query() query: MyPlaceQueryDto): Promise<MyPlace> {
    return this.joining.place(actor, broadcastId, query.deviceId);
  }

  @Get('broadcasts/:broadcastId/state') @Allow('anyone')
  state(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<BroadcastState> {
    return this.states.of(actor, broadcastId);
  }

  /** 探岗: shows a place, with the server's time. */
  @Put('broadcasts/:broadcastId/tour/:place')
  async show(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string, @Param('place') place: string, @Body() body: ShowTourPlaceDto): Promise<Broadcast> {
    await this.tour.show(actor, broadcastId, place, body);
    return this.views.one(actor, broadcastId);
  }

  /** A bearer key for an encoder (WHIP, RFC 9725), shown once; the one before ends. */
  @Post('broadcasts/:broadcastId/whip-key')
  makeKey(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<WhipKey> {
    return this.joining.makeKey(actor, broadcastId);
  }

  @Delete('broadcasts/:broadcastId/whip-key') @HttpCode(204)
  revokeKey(@Me() actor: MemberActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<void> {
    return this.joining.revokeKeys(actor, broadcastId);
  }

  /** A text message a quarter of an hour before it begins. */
  @Put('broadcasts/:broadcastId/reminder') @HttpCode(204) @Allow('candidate')
  remind(@Me() actor: CandidateActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<void> {
    return this.reminders.ask(actor, broadcastId);
  }

  @Delete('broadcasts/:broadcastId/reminder') @HttpCode(204) @Allow('candidate')
  forget(@Me() actor: CandidateActor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<void> {
    return this.reminders.forget(actor, broadcastId);
  }

  @Get('broadcasts/:broadcastId/replay') @Allow('anyone')
  replay(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string): Promise<Replay> {
    return this.replays.of(actor, broadcastId);
  }
}
