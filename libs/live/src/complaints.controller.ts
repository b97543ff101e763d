import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor, Complaint, ReceivedComplaint } from '#libs/contracts';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { IdPipe } from '#libs/platform';
import { ComplaintQueryDto, DecideComplaintDto, MakeComplaintDto, MyComplaintQueryDto } from './complaint.dto.js';
import { Complaints } from './complaints.js';

/** 投诉举报: anyone may complain, signed in or not (网络招聘服务管理规定); the fair's organiser decides. */
@Controller()
@Allow('organiserAdmin', 'organiserStaff')
export class ComplaintsController {
  constructor(private readonly complaints: Complaints) {}

  @Post('broadcasts/:broadcastId/complaints') @Allow('anyone')
  make(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Body() body: MakeComplaintDto, @Req() request: Request): Promise<Complaint> {
    return this.complaints.make(actor, broadcastId, body, request.ip ?? '');
  }

  /** One's own, the newest first, with what was decided. */
  @Get('broadcasts/:broadcastId/complaints/mine') @Allow('anyone')
  mine(@Me() actor: Actor, @Param('broadcastId', IdPipe) broadcastId: string, @Query() { deviceId }: MyComplaintQueryDto): Promise<Complaint[]> {
    return this.complaints.mine(actor, broadcastId, deviceId);
  }

  /** Of a fair, or of one of its broadcasts: those that wait, the longest waiting first, then what was decided. */
  @Get('fairs/:fairId/complaints')
  ofFair(@Me() actor: MemberActor, @Param('fairId', IdPipe) fairId: string, @Query() { broadcastId }: ComplaintQueryDto): Promise<ReceivedComplaint[]> {
    return this.complaints.ofFair(actor, fairId, broadcastId);
  }

  @Post('complaints/:complaintId/decision') @HttpCode(200)
  decide(@Me() actor: MemberActor, @Param('complaintId', IdPipe) complaintId: string, @Body() body: DecideComplaintDto): Promise<ReceivedComplaint> {
    return this.complaints.decide(actor, complaintId, body);
  }
}
