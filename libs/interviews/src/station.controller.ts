import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { StationPerson } from '#libs/contracts';
import { Allow, Me, type MemberActor } from '#libs/identity';
import { IdPipe, Limits } from '#libs/platform';
import { Registration } from '#libs/tickets';
import { Bookings } from './bookings.js';
import { PlaceJoining, type Joiner } from './place-joining.js';
import { Places } from './places.js';
import { MoveBookingDto } from './slot.dto.js';
import { BookingForPersonDto, PeopleQueryDto, PlaceForPersonDto, RegisterPersonDto, TicketForPersonDto } from './station.dto.js';
import { StationPeople } from './station-people.js';
import { StationRegistry } from './station-registry.js';
import { StationViews } from './station.view.js';

/** 就业驿站: a clerk acts for people who are there now, each with their own yes. */
@Controller('station/people')
@Allow('stationClerk')
export class StationController {
  constructor(
    private readonly people: StationPeople,
    private readonly registry: StationRegistry,
    private readonly views: StationViews,
    private readonly registration: Registration,
    private readonly joining: PlaceJoining,
    private readonly places: Places,
    private readonly bookings: Bookings,
    private readonly limits: Limits,
  ) {}

  /** Who is here now, the latest first. Each look is audited. */
  @Get()
  list(@Me() actor: MemberActor, @Query() { q }: PeopleQueryDto): Promise<StationPerson[]> {
    return this.views.list(actor, q);
  }

  @Post() @HttpCode(200)
  async register(@Me() actor: MemberActor, @Body() body: RegisterPersonDto): Promise<StationPerson> {
    return this.views.one(actor, await this.registry.register(actor, body));
  }

  @Get(':personId')
  get(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string): Promise<StationPerson> {
    return this.views.one(actor, personId);
  }

  /** The person goes home: nothing of theirs is seen until they are here again. */
  @Delete(':personId') @HttpCode(204)
  goHome(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string): Promise<void> {
    return this.registry.goHome(actor, personId);
  }

  /** A ticket for a fair; a second time is the same ticket. */
  @Post(':personId/tickets') @HttpCode(200)
  async ticket(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string, @Body() { fairId }: TicketForPersonDto): Promise<StationPerson> {
    const { accountId } = await this.joiner(actor, personId);
    await this.limits.take('registerTicketByAccount', accountId);
    await this.registration.register(accountId, fairId);
    return this.views.one(actor, personId);
  }

  @Post(':personId/queue-places') @HttpCode(200)
  async join(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string, @Body() { boothId, ...body }: PlaceForPersonDto): Promise<StationPerson> {
    await this.joining.join(actor, await this.joiner(actor, personId), boothId, body);
    return this.views.one(actor, personId);
  }

  @Delete(':personId/queue-places/:placeId') @HttpCode(204)
  async leave(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string, @Param('placeId', IdPipe) placeId: string): Promise<void> {
    await this.places.leave(actor, await this.joiner(actor, personId), placeId);
  }

  /** Missed the call, and sits here now: called next. */
  @Post(':personId/queue-places/:placeId/return') @HttpCode(200)
  async comeBack(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string, @Param('placeId', IdPipe) placeId: string): Promise<StationPerson> {
    await this.places.comeBack(actor, await this.joiner(actor, personId), placeId);
    return this.views.one(actor, personId);
  }

  @Post(':personId/bookings') @HttpCode(200)
  async book(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string, @Body() { slotId, ...body }: BookingForPersonDto): Promise<StationPerson> {
    await this.bookings.book(actor, await this.joiner(actor, personId), slotId, body);
    return this.views.one(actor, personId);
  }

  /** Another time of the same employer; the first is given back. */
  @Put(':personId/bookings/:bookingId/slot')
  async move(
    @Me() actor: MemberActor, @Param('personId', IdPipe) personId: string, @Param('bookingId', IdPipe) bookingId: string, @Body() { slotId }: MoveBookingDto,
  ): Promise<StationPerson> {
    await this.bookings.move(actor, await this.joiner(actor, personId), bookingId, slotId);
    return this.views.one(actor, personId);
  }

  @Delete(':personId/bookings/:bookingId') @HttpCode(204)
  async cancel(@Me() actor: MemberActor, @Param('personId', IdPipe) personId: string, @Param('bookingId', IdPipe) bookingId: string): Promise<void> {
    await this.bookings.cancel(actor, await this.joiner(actor, personId), bookingId);
  }

  private async joiner(actor: MemberActor, personId: string): Promise<Joiner & { stationId: string }> {
    const { accountId, stationId } = await this.people.require(actor, personId);
    return { accountId, stationId };
  }
}
