import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, StreamableFile } from '@nestjs/common';
import type { Booking, DeskSlot, Interview, Slot } from '#libs/contracts';
import { Allow, Me, type CandidateActor, type MemberActor } from '#libs/identity';
import { attachment, Context, Database, IdPipe } from '#libs/platform';
import { BookingCalendar } from './booking-calendar.js';
import { Bookings } from './bookings.js';
import { InterviewViews } from './interview.view.js';
import { SlotCalls } from './slot-calls.js';
import { BookSlotDto, CancelSlotDto, MoveBookingDto, PublishSlotsDto, SlotQueryDto } from './slot.dto.js';
import { SlotPublishing } from './slot-publishing.js';
import { SlotViews } from './slot.view.js';
import { Slots } from './slots.js';

/** Times that recruiters publish. */
@Controller('slots')
@Allow('employerAdmin', 'recruiter')
export class SlotsController {
  constructor(
    private readonly slots: Slots,
    private readonly publishing: SlotPublishing,
    private readonly calls: SlotCalls,
    private readonly bookings: Bookings,
    private readonly interviews: InterviewViews,
    private readonly views: SlotViews,
  ) {}

  /** What can be booked now, the soonest first. */
  @Get() @Allow('anyone')
  async bookable(@Query() query: SlotQueryDto): Promise<Slot[]> {
    return this.views.slots(await this.slots.bookable(query));
  }

  /** The employer's own with who booked, since twelve hours ago unless told. */
  @Get('mine')
  async mine(@Me() actor: MemberActor, @Query() query: SlotQueryDto): Promise<DeskSlot[]> {
    return this.views.desk(await this.slots.own(actor, query));
  }

  @Post()
  async publish(@Me() actor: MemberActor, @Body() body: PublishSlotsDto): Promise<DeskSlot[]> {
    return this.views.desk(await this.publishing.publish(actor, body));
  }

  /** Who booked is told the reason. */
  @Post(':slotId/cancel') @HttpCode(200)
  async cancel(@Me() actor: MemberActor, @Param('slotId', IdPipe) slotId: string, @Body() { reason }: CancelSlotDto): Promise<DeskSlot> {
    return (await this.views.desk([await this.calls.cancel(actor, slotId, reason)]))[0]!;
  }

  /** Calls who booked, from ten minutes before the time. */
  @Post(':slotId/call') @HttpCode(200)
  async call(@Me() actor: MemberActor, @Param('slotId', IdPipe) slotId: string): Promise<Interview> {
    return this.interviews.one(actor, (await this.calls.call(actor, slotId)).id);
  }

  /** A second time is the same booking. */
  @Post(':slotId/booking') @HttpCode(200) @Allow('candidate')
  async book(@Me() actor: CandidateActor, @Param('slotId', IdPipe) slotId: string, @Body() body: BookSlotDto): Promise<Booking> {
    return this.views.booking(await this.bookings.book(actor, { accountId: actor.accountId, stationId: null }, slotId, body));
  }
}

/** A candidate's own bookings. */
@Controller()
@Allow('candidate')
export class BookingsController {
  constructor(
    private readonly database: Database,
    private readonly bookings: Bookings,
    private readonly calendar: BookingCalendar,
    private readonly views: SlotViews,
  ) {}

  /** To come, of now and of the last week, in the order of their times. */
  @Get('me/bookings')
  async mine(@Me() actor: CandidateActor): Promise<Booking[]> {
    return this.views.bookings(await this.bookings.mine(actor.accountId));
  }

  /** Another time of the same employer; the first is given back. */
  @Put('bookings/:bookingId/slot')
  async move(@Me() actor: CandidateActor, @Param('bookingId', IdPipe) bookingId: string, @Body() { slotId }: MoveBookingDto): Promise<Booking> {
    return this.views.booking(await this.bookings.move(actor, actor, bookingId, slotId));
  }

  @Delete('bookings/:bookingId') @HttpCode(204)
  cancel(@Me() actor: CandidateActor, @Param('bookingId', IdPipe) bookingId: string): Promise<void> {
    return this.bookings.cancel(actor, actor, bookingId);
  }

  /** The booking as an .ics file. */
  @Get('bookings/:bookingId/calendar')
  async ics(@Me() actor: CandidateActor, @Param('bookingId', IdPipe) bookingId: string): Promise<StreamableFile> {
    const booking = await this.bookings.require(this.database.read, actor.accountId, bookingId);
    const name = Context.current().language === 'zh' ? '面试' : 'interview';
    return attachment(`${name}.ics`, 'text/calendar; charset=utf-8', Buffer.from(await this.calendar.entry(booking)));
  }
}
