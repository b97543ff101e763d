import { DateTime } from 'luxon';
import type { Job } from '#libs/contracts';
import type { FairRow } from '#libs/fairs';

/** schema.org data of one thing: plain JSON. */
export type StructuredData = Record<string, unknown>;

/** Where a page is, and its picture; whole addresses. */
export interface PagePlace { url: string; image: string }

/** schema.org writes instants with the offset of the place. */
const localTime = (at: Date, zone: string): string | null => DateTime.fromJSDate(at, { zone }).toISO({ suppressMilliseconds: true });

const attendance = { hall: 'OfflineEventAttendanceMode', online: 'OnlineEventAttendanceMode', both: 'MixedEventAttendanceMode' } as const;

/** https://schema.org/Event of a public fair. */
export function eventData(fair: FairRow, organiserName: string, region: readonly string[], { url, image }: PagePlace): StructuredData {
  const place = {
    '@type': 'Place', name: fair.venueName,
    address: address(region, fair.venueAddress),
    ...(fair.latitude !== null && fair.longitude !== null && { geo: { '@type': 'GeoCoordinates', latitude: fair.latitude, longitude: fair.longitude } }),
  };
  const page = { '@type': 'VirtualLocation', url };
  return {
    '@context': 'https://schema.org', '@type': 'Event', name: fair.name, description: fairSummary(fair), url, image: [image],
    startDate: localTime(fair.startsAt, fair.timeZone), endDate: localTime(fair.endsAt, fair.timeZone),
    eventStatus: `https://schema.org/${fair.status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: `https://schema.org/${attendance[fair.channel]}`,
    location: fair.channel === 'hall' ? place : fair.channel === 'online' ? page : [place, page],
    organizer: { '@type': 'GovernmentOrganization', name: organiserName },
    isAccessibleForFree: true,
    offers: { '@type': 'Offer', price: 0, priceCurrency: 'CNY', url, availability: 'https://schema.org/InStock' },
  };
}

/** https://schema.org/Event of an employer at its booth: a part of the fair, at the fair's time and place. `fair` is `eventData`'s. */
export function boothData(fair: StructuredData, booth: { title: string; description: string; employer: string }, { url, image }: PagePlace): StructuredData {
  const { '@context': _, organizer, offers, ...whole } = fair;
  return {
    ...fair, name: booth.title, description: booth.description, url, image: [image],
    organizer: { '@type': 'Organization', name: booth.employer },
    offers: { ...(offers as StructuredData), url },
    superEvent: { ...whole, organizer },
  };
}

interface BroadcastFacts { title: string; status: string; startsAt: Date; endsAt: Date; startedAt: Date | null; endedAt: Date | null }

/** https://schema.org/BroadcastEvent of a broadcast, with what is seen (VideoObject). */
export function broadcastData(broadcast: BroadcastFacts, employer: string, fair: { name: string; timeZone: string }, { url, image }: PagePlace): StructuredData {
  const begins = localTime(broadcast.startedAt ?? broadcast.startsAt, fair.timeZone);
  const ends = localTime(broadcast.endedAt ?? broadcast.endsAt, fair.timeZone);
  return {
    '@context': 'https://schema.org', '@type': 'BroadcastEvent', name: broadcast.title, url, image: [image], isLiveBroadcast: broadcast.status !== 'ended',
    description: `${employer}·${fair.name}`, startDate: begins, endDate: ends,
    eventStatus: 'https://schema.org/EventScheduled', eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
    location: { '@type': 'VirtualLocation', url }, organizer: { '@type': 'Organization', name: employer }, isAccessibleForFree: true, inLanguage: 'zh-CN',
    workPerformed: { '@type': 'VideoObject', name: broadcast.title, description: `${employer}·${fair.name}`, thumbnailUrl: [image], uploadDate: begins, url },
  };
}

/** A piece has no unit that readers of JobPosting know: such pay is left to the page. */
const payUnits = { month: 'MONTH', day: 'DAY', hour: 'HOUR', piece: null } as const;

/** https://schema.org/JobPosting of a job on offer. */
export function jobData(job: Job, region: readonly string[], { url }: PagePlace): StructuredData {
  const unitText = payUnits[job.payUnit];
  return {
    '@context': 'https://schema.org', '@type': 'JobPosting', title: job.title, url, directApply: true,
    description: [job.content, job.conditions, job.payTerms].filter(Boolean).map((text) => `<p>${escapeText(text).replaceAll('\n', '<br>')}</p>`).join(''),
    identifier: { '@type': 'PropertyValue', name: job.organisationName, value: job.id },
    datePosted: job.publishedAt?.slice(0, 10),
    validThrough: `${job.validUntil}T23:59:59+08:00`,
    totalJobOpenings: job.headCount,
    hiringOrganization: { '@type': 'Organization', name: job.organisationName },
    jobLocation: { '@type': 'Place', address: address(region, job.place) },
    ...(unitText && {
      baseSalary: {
        '@type': 'MonetaryAmount', currency: 'CNY',
        value: { '@type': 'QuantitativeValue', minValue: job.payMin, maxValue: job.payMax, unitText },
      },
    }),
  };
}

function address([province, ...rest]: readonly string[], street: string): StructuredData {
  return {
    '@type': 'PostalAddress', addressCountry: 'CN', ...(street && { streetAddress: street }),
    ...(province && { addressRegion: province }), ...(rest.length > 0 && { addressLocality: rest.join('') }),
  };
}

/** One sentence of a fair for people who have not opened it: 3 月 7 日 09:00–17:00 · 澜江会展中心. */
export function fairSummary(fair: Pick<FairRow, 'startsAt' | 'endsAt' | 'timeZone' | 'venueName' | 'campaign' | 'theme' | 'description'>): string {
  const [start, end] = [fair.startsAt, fair.endsAt].map((at) => DateTime.fromJSDate(at, { zone: fair.timeZone }));
  const sameDay = start!.hasSame(end!, 'day');
  const when = sameDay ? `${start!.toFormat('M 月 d 日 HH:mm')}–${end!.toFormat('HH:mm')}` : `${start!.toFormat('M 月 d 日')}–${end!.toFormat('M 月 d 日')}`;
  return [when, fair.venueName, fair.theme || fair.campaign, fair.description].filter(Boolean).join('·');
}

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
