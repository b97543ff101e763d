import { createHash } from 'node:crypto';
import type { AgendaSession, Zone } from '#libs/contracts';

const hash = (rows: unknown): string => createHash('sha256').update(JSON.stringify(rows)).digest('base64url').slice(0, 16);

/** What stands there, in few characters: two versions are the same when nothing that a page edits differs. */
export const zonesVersion = (zones: readonly Zone[]): string =>
  hash(zones.map(({ id, letter, name, approvedNumber, x, y, width, height }) => [id, letter, name, approvedNumber, x, y, width, height]));

/** The same of an agenda, whose sessions are made anew each time it is set. */
export const agendaVersion = (sessions: readonly AgendaSession[]): string =>
  hash(sessions.map(({ title, speaker, place, startsAt, endsAt }) => [title, speaker, place, startsAt, endsAt]));
