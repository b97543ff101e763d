/** The duty officer's commands: each asks for a reason and shows the server's refusal in the dialog. */
import type { ZoneStatus } from '#libs/contracts';
import { api } from '../../../net/api';
import { say, t } from '../../../words';
import { ask } from '../../state/asking';
import { told } from '../../state/told';
import { zoneName } from './state';

type Ready = 'fire' | 'crowd' | 'power' | 'weather' | 'moving' | 'calm' | 'done';
const reason = (ready: Ready[], hint: 'shown' | 'kept' = 'shown') =>
  ({ label: t('console.desk.ask.reason'), hint: t(`console.desk.ask.${hint}`), required: true, ready: ready.map(one => t(`console.desk.ask.ready.${one}`)) });

export async function setLock(zone: ZoneStatus, locked: boolean): Promise<void> {
  const [word, name] = [locked ? 'lock' as const : 'unlock' as const, zoneName(zone)];
  const done = await ask({
    title: t(`console.desk.ask.${word}.title`, { zone: name }), text: t(`console.desk.ask.${word}.text`, { zone: name }), action: t(`console.desk.ask.${word}.action`),
    reason: locked ? reason(['crowd', 'moving', 'power']) : reason(['calm', 'done'], 'kept'),
    work: given => api('POST /zones/:zoneId/lock', { params: { zoneId: zone.zoneId }, body: { locked, reason: given } }),
  });
  if (done) told(t(`console.desk.ask.${word}.done`, { zone: name }));
}

/** 全场停入, and its end. */
export async function setStop(fairId: string, stopped: boolean): Promise<void> {
  const word = stopped ? 'stop' as const : 'resume' as const;
  const done = await ask({
    title: t(`console.desk.ask.${word}.title`), text: t(`console.desk.ask.${word}.text`), action: t(`console.desk.ask.${word}.action`), danger: stopped,
    reason: stopped ? reason(['fire', 'crowd', 'power', 'weather']) : reason(['done', 'calm'], 'kept'),
    work: given => api('POST /fairs/:fairId/stop', { params: { fairId }, body: { stopped, reason: given } }),
  });
  if (done) told(t(`console.desk.ask.${word}.done`));
}

export type ZoneAction = 'capacity' | 'lock' | 'unlock' | 'override';

/** The one action that a zone's state asks for, and the others that are possible. */
export function actionsOf(zone: ZoneStatus): { first: ZoneAction; others: ZoneAction[] } {
  const first: ZoneAction = zone.earlyLocked ? 'unlock' : zone.level === 'lock' ? 'override' : zone.level === 'near' ? 'lock' : 'capacity';
  const all: ZoneAction[] = ['capacity', zone.earlyLocked ? 'unlock' : 'lock', 'override'];
  return { first, others: all.filter(one => one !== first) };
}

/** A zone's level as its gates see it: locked also by hand. */
export const levelOf = (zone: ZoneStatus): ZoneStatus['level'] => (zone.earlyLocked || zone.stopped ? 'lock' : zone.level);
export const levelWord = (zone: ZoneStatus): string | undefined =>
  (zone.stopped ? t('console.desk.zones.stopped') : zone.earlyLocked ? t('console.desk.zones.early') : undefined);
/** Which gates a sum lacks: by name while they are few. Empty: none. */
export const missingWords = (gates: string[]): string =>
  (gates.length === 0 ? '' : gates.length > 2 ? t('console.desk.gates.missingMany', { n: gates.length }) : t('console.desk.gates.missing', { gates: say.listed(gates) }));
export const shareOf = (zone: ZoneStatus): string => say.share(zone.inside, zone.approvedNumber);
