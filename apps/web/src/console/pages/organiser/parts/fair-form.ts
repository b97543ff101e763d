import type { CreateFair, Fair, FairChannel } from '#libs/contracts';
import { account } from '../../../../net/account';
import { t } from '../../../../words';

/** What the form of a fair holds: texts as they are typed. `startsAt` and `endsAt` are instants, empty while not whole. */
export interface FairEntry {
  name: string; campaign: string; theme: string; description: string; channel: FairChannel;
  venueName: string; venueAddress: string; regionCode: string; startsAt: string; endsAt: string; quota: string; approvedNumber: string;
}

export const emptyEntry = (): FairEntry => ({
  name: '', campaign: '', theme: '', description: '', channel: 'hall', venueName: '', venueAddress: '', regionCode: account.value?.organisation?.regionCode ?? '',
  startsAt: '', endsAt: '', quota: '', approvedNumber: '',
});

export const entryOf = (fair: Fair): FairEntry => ({
  name: fair.name, campaign: fair.campaign, theme: fair.theme, description: fair.description, channel: fair.channel,
  venueName: fair.venueName, venueAddress: fair.venueAddress, regionCode: fair.regionCode, startsAt: fair.startsAt, endsAt: fair.endsAt,
  quota: fair.quota === null ? '' : String(fair.quota), approvedNumber: String(fair.venue.approvedNumber),
});

/** A whole number as a person types it (3,600; full-width digits), NaN when it is none. */
export const wholeNumber = (typed: string): number => {
  const plain = typed.normalize('NFKC').replace(/[,，\s]/g, '');
  return /^\d{1,7}$/.test(plain) ? Number(plain) : NaN;
};

/** What is wrong before the server is asked, by field. `whole`: a new fair, with times and the approved number. */
export function entryProblems(entry: FairEntry, whole: boolean): Record<string, string> {
  const number = (typed: string) => (Number.isNaN(wholeNumber(typed)) ? t('console.organiser.form.needNumber') : '');
  return {
    name: entry.name.trim() ? '' : t('console.organiser.form.needName'),
    regionCode: entry.regionCode ? '' : t('console.organiser.form.needRegion'),
    quota: entry.quota.trim() && (number(entry.quota) || (wholeNumber(entry.quota) < 1 ? t('console.organiser.form.needNumber') : '')) || '',
    ...(whole ? { ...timeProblems(entry.startsAt, entry.endsAt), approvedNumber: entry.channel !== 'online' && entry.approvedNumber.trim() ? number(entry.approvedNumber) : '' } : {}),
  };
}

export const timeProblems = (startsAt: string, endsAt: string): Record<string, string> => ({
  startsAt: startsAt ? '' : t('console.organiser.form.needTime'),
  endsAt: !endsAt ? t('console.organiser.form.needTime') : startsAt && endsAt <= startsAt ? t('console.organiser.form.endFirst') : '',
});

/** The texts and numbers of an entry as the routes take them. */
export function fairTexts(entry: FairEntry): Omit<CreateFair, 'startsAt' | 'endsAt' | 'approvedNumber'> {
  const { channel, regionCode } = entry;
  const text = (value: string) => value.trim();
  return {
    name: text(entry.name), campaign: text(entry.campaign), theme: text(entry.theme), description: text(entry.description), channel, regionCode,
    venueName: text(entry.venueName), venueAddress: text(entry.venueAddress), quota: entry.quota.trim() ? wholeNumber(entry.quota) : null,
  };
}
