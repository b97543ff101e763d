import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Booths } from '#libs/booths';
import { origin } from '#libs/fairs';
import { Organisations, Vault } from '#libs/identity';
import { DomainError, Notify, Settings, type Tx } from '#libs/platform';

/** What a text is made of: the employer's name, the booth's number and its page's address. */
export interface Said {
  employer: string; booth: string; page: string;
  /** The address of the page where the person acts: an interview's room, or all that is theirs. */
  mine(interviewId?: string): string;
}
/** Where and with whom: what each text says first. */
export interface Meeting { boothId: string; organisationId: string }

/** Text messages to candidates about their places and bookings. Whoever has no phone is told by the clerk who helps them. */
@Injectable()
export class Notices {
  constructor(
    private readonly booths: Booths,
    private readonly organisations: Organisations,
    private readonly vault: Vault,
    private readonly notify: Notify,
    private readonly settings: Settings,
  ) {}

  /**
   * Asks nothing outside of `tx`: who waits for its locks may hold every other connection.
   * @param cause what happened, once: the same is sent once
   * @param say the text
   */
  async tell(tx: Tx, cause: string, accountId: string, { boothId, organisationId }: Meeting, say: (with_: Said) => string): Promise<void> {
    const [employers, numbers] = [await this.organisations.names([organisationId], tx), await this.booths.names([boothId], tx)];
    const site = origin(this.settings);
    await this.say(tx, cause, accountId, say({
      employer: employers.get(organisationId) ?? '', booth: numbers.get(boothId) ?? '', page: `${site}/booths/${boothId}`,
      mine: (interviewId) => (interviewId === undefined ? `${site}/me/interviews` : `${site}/interviews/${interviewId}`),
    }));
  }

  /** A text that is about no booth. */
  async say(tx: Tx, cause: string, accountId: string, text: string): Promise<void> {
    const phone = await this.phone(tx, accountId);
    if (phone !== null) await this.notify.sms(tx, { cause: `interviews/${cause}/${accountId}`, accountId, phone, text });
  }

  /** Null: none, or erased meanwhile, so there is nobody to tell. */
  private async phone(tx: Tx, accountId: string): Promise<string | null> {
    try {
      return (await this.vault.person(tx, accountId)).phone;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unauthenticated') return null;
      throw error;
    }
  }
}

/** `14:05`, as it stands on the wall at the fair. */
export const clockAt = (at: Date, zone = 'Asia/Shanghai'): string => DateTime.fromJSDate(at, { zone }).toFormat('HH:mm');
/** `3月7日 14:05`. */
export const dayAndClockAt = (at: Date, zone = 'Asia/Shanghai'): string => DateTime.fromJSDate(at, { zone }).toFormat('M月d日 HH:mm');
