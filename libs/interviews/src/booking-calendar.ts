import { Injectable } from '@nestjs/common';
import { Booths } from '#libs/booths';
import { calendarFile, Fairs, origin } from '#libs/fairs';
import { Organisations } from '#libs/identity';
import { Jobs } from '#libs/jobs';
import { Settings } from '#libs/platform';
import type { Booked } from './bookings.js';
import { REMIND_BEFORE } from './slot.rules.js';

/** A booking as a calendar entry. */
@Injectable()
export class BookingCalendar {
  constructor(
    private readonly booths: Booths,
    private readonly fairs: Fairs,
    private readonly organisations: Organisations,
    private readonly jobs: Jobs,
    private readonly settings: Settings,
  ) {}

  /**
   * RFC 5545, in the time zone of the fair. A booking that was moved keeps the UID and has a higher SEQUENCE: the phone's entry moves along; one
   * that was cancelled says so.
   */
  async entry({ entryId, moves, endedAt, slot }: Booked): Promise<string> {
    const { fairId, boothId, organisationId, jobId, startsAt, endsAt, status } = slot;
    const [employers, numbers, titles, fair] = await Promise.all([
      this.organisations.names([organisationId]), this.booths.names([boothId]), this.jobs.names(jobId === null ? [] : [jobId]), this.fairs.require(fairId),
    ]);
    const off = endedAt !== null || status === 'cancelled';
    return calendarFile({
      uid: `${entryId}@fairwind`,
      sequence: moves * 2 + (off ? 1 : 0),
      title: `面试：${employers.get(organisationId) ?? ''}`,
      description: [jobId === null ? '' : titles.get(jobId) ?? '', fair.name, '开始前几分钟打开下面的页面，先试一下摄像头和麦克风。'].filter(Boolean).join('\n'),
      location: `线上（${numbers.get(boothId) ?? ''} 展位）`,
      url: `${origin(this.settings)}/me/interviews`,
      startsAt, endsAt, timeZone: fair.timeZone,
      status: off ? 'CANCELLED' : 'CONFIRMED',
      alarms: off ? [] : [{ action: 'display', description: '面试快开始了', trigger: { minutes: REMIND_BEFORE / 60_000, before: true } }],
    });
  }
}
