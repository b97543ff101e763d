import type { Booth, FloorPlan, Place, Zone, ZoneInput } from '#libs/contracts';
import { overlaps } from '../../../../parts/floor-plan';
import { t } from '../../../../words';
import { fieldByField, merged } from '../../../state/merging';
import { wholeNumber } from './fair-form';

/** A zone as it is edited. `key` stays while it is on the page; the number and the sides (metres) are texts as typed. */
export interface ZoneEntry extends Place { key: string; id?: string; letter: string; name: string; approved: string; across: string; down: string }

/** Round the zones and between them, decimetres. */
const GAP = 20;
const metres = (decimetres: number) => String(decimetres / 10);
/** A length in metres as typed, in decimetres; NaN when it is none. */
export const lengthOf = (typed: string): number => {
  const n = Number(typed.normalize('NFKC').replace(/\s|米|m$/gi, ''));
  return typed.trim() && n > 0 && n <= 1000 ? Math.round(n * 10) : NaN;
};

export const entriesOf = (zones: readonly Zone[]): ZoneEntry[] => zones.map(({ id, letter, name, approvedNumber, x, y, width, height }) =>
  ({ key: id, id, letter, name, approved: String(approvedNumber), x, y, width, height, across: metres(width), down: metres(height) }));

/** The first letter that no zone has yet. */
const freeLetter = (zones: readonly ZoneEntry[]): string =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find(letter => !zones.some(zone => zone.letter === letter)) ?? '';

/** A place for a zone of a size where nothing lies, row by row inside the hall, else below everything. */
export function freePlace(zones: readonly Place[], size: { width: number; height: number }, hall: { width: number; height: number }): Place {
  const tops = [GAP, ...zones.map(zone => zone.y), ...zones.map(zone => zone.y + zone.height + GAP)].sort((a, b) => a - b);
  const lefts = [GAP, ...zones.map(zone => zone.x + zone.width + GAP)].sort((a, b) => a - b);
  const fits = (place: Place) => place.x + place.width <= hall.width && place.y + place.height <= hall.height &&
    !zones.some(zone => overlaps(place, { x: zone.x - GAP / 2, y: zone.y - GAP / 2, width: zone.width + GAP, height: zone.height + GAP }));
  for (const y of tops) for (const x of lefts) if (fits({ x, y, ...size })) return { x, y, ...size };
  return { x: GAP, y: Math.max(0, ...zones.map(zone => zone.y + zone.height)) + GAP, ...size };
}

const bothChanged = fieldByField<ZoneEntry>([['letter'], ['name'], ['approved'], ['x'], ['y'], ['width', 'across'], ['height', 'down']]);
/** What is typed, over zones that somebody else has changed meanwhile. One that they have removed is a new one, if it was typed in. */
export const mergedZones = (before: readonly ZoneEntry[], typed: readonly ZoneEntry[], now: readonly ZoneEntry[]): ZoneEntry[] =>
  merged(before, typed, now, one => JSON.stringify(inputsOf([one])), ({ id }) => id, bothChanged)
    .map(one => (one.id === undefined || now.some(({ id }) => id === one.id) ? one : { ...one, id: undefined }));

let made = 0;
export function newZone(zones: readonly ZoneEntry[], hall: { width: number; height: number }): ZoneEntry {
  const place = freePlace(zones, { width: 300, height: 200 }, hall);
  return { key: `new-${++made}`, letter: freeLetter(zones), name: '', approved: '', ...place, across: metres(place.width), down: metres(place.height) };
}

/** The zones as the server takes them. */
export const inputsOf = (zones: readonly ZoneEntry[]): ZoneInput[] => zones.map(({ id, letter, name, approved, x, y, width, height }) =>
  ({ ...(id ? { id } : {}), letter: letter.trim().toUpperCase(), name: name.trim(), approvedNumber: wholeNumber(approved || '0'), x, y, width, height }));

/** What is wrong before the server is asked, under the paths that it would use. */
export function zoneProblems(zones: readonly ZoneEntry[], venue: number): Record<string, string> {
  const found: Record<string, string> = {};
  zones.forEach((zone, n) => {
    const number = wholeNumber(zone.approved || '0');
    if (!/^[A-Za-z]{1,2}$/.test(zone.letter.trim())) found[`zones.${n}.letter`] = t('console.organiser.zones.needLetter');
    if (!zone.name.trim()) found[`zones.${n}.name`] = t('console.organiser.zones.needName');
    if (Number.isNaN(number)) found[`zones.${n}.approvedNumber`] = t('console.organiser.form.needNumber');
    else if (number > venue && venue > 0) found[`zones.${n}.approvedNumber`] = t('console.organiser.zones.overVenue', { n: venue });
    if (Number.isNaN(lengthOf(zone.across)) || Number.isNaN(lengthOf(zone.down))) found[`zones.${n}.width`] = t('console.organiser.zones.needSize');
  });
  return found;
}

/** The zones as the things of a floor plan that are dragged, inside one zone that is the hall. */
export function planOf(zones: readonly ZoneEntry[], venue: Zone): FloorPlan {
  const width = Math.max(venue.width, ...zones.map(zone => zone.x + zone.width + GAP));
  const height = Math.max(venue.height, ...zones.map(zone => zone.y + zone.height + GAP));
  const hall: Zone = { ...venue, parentId: venue.id, letter: '', name: '', x: 0, y: 0, width, height };
  const things: Booth[] = zones.map(({ key, letter, name, x, y, width: across, height: down }) =>
    ({ id: key, fairId: '', zoneId: venue.id, number: name ? `${letter} ${name}` : letter, x, y, width: across, height: down, organisation: { id: key, name, jobCount: 0 } }));
  return { width, height, zones: [hall], booths: things };
}

export const sameZones = (one: readonly ZoneEntry[], other: readonly ZoneEntry[]): boolean => JSON.stringify(inputsOf(one)) === JSON.stringify(inputsOf(other));
