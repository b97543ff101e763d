/** What hosts and organisers do in a broadcast, each command once; dialogs ask where something is taken away. */
import type { Broadcast, BroadcastSummary, Hand, Message, SanctionKind, TourPlace } from '#libs/contracts';
import { api } from '../../net/api';
import { t } from '../../words';
import { ask } from './asking';
import type { LiveAtHand } from './live-at-hand';
import { told } from './told';

/** Who is to be muted or banned: by what they wrote, or by their hand. */
export type Culprit = { message: Message } | { hand: Hand };

const of = (id: string) => ({ params: { broadcastId: id } });

/** Cancels a scheduled broadcast after asking; true when it was done. */
export async function cancelBroadcast(one: Pick<BroadcastSummary, 'id' | 'title'>): Promise<boolean> {
  const done = await ask({
    title: t('console.live.list.cancelTitle', { title: one.title }), text: t('console.live.list.cancelText'), action: t('console.live.list.cancel'), danger: true,
    work: () => api('POST /broadcasts/:broadcastId/status', { ...of(one.id), body: { status: 'cancelled' } }),
  });
  if (done) told(t('console.live.list.cancelled1'));
  return done;
}

/** The organiser ends a broadcast, with a reason; true when it was done. */
export async function stopBroadcast(one: Pick<BroadcastSummary, 'id' | 'title'>, take: (now: Broadcast) => void): Promise<boolean> {
  const w = 'console.live.organiser';
  const done = await ask({
    title: t(`${w}.stopTitle`, { title: one.title }), text: t(`${w}.stopText`), action: t(`${w}.stop`), danger: true,
    reason: { label: t('console.organiser.reason'), hint: t(`${w}.rules`), required: true, ready: (['fraud', 'fee', 'illegal', 'licence', 'safety'] as const).map(why => t(`${w}.ready.${why}`)) },
    work: async reason => take(await api('POST /broadcasts/:broadcastId/stop', { ...of(one.id), body: { reason } })),
  });
  if (done) told(t(`${w}.stopDone`));
  return done;
}

export function useCommands(live: LiveAtHand) {
  const params = { broadcastId: live.id };
  const again = () => { void live.moderation.reload(); };
  return {
    pin: (jobId: string | null) => live.act(`pin:${jobId ?? ''}`, async () => {
      live.take({ picture: await api('PUT /broadcasts/:broadcastId/pin', { params, body: { jobId } }) });
    }),
    answered: (message: Message) => live.act(`answered:${message.id}`, async () => {
      live.take({ message: await api('POST /messages/:messageId/answered', { params: { messageId: message.id } }) });
      await live.moderation.reload();
    }),
    /** Lets a held message through, or removes it. */
    decide: (message: Message, shown: boolean) => live.act(`decide:${message.id}`, async () => {
      live.take({ message: await api('POST /messages/:messageId/decision', { params: { messageId: message.id }, body: { shown } }) });
      await live.moderation.reload();
    }),
    /** Mutes (`minutes`) or bans a person; what they wrote, if it was that, is removed. Throws ApiError: for a dialog. */
    async punish(culprit: Culprit, what: 'remove' | SanctionKind, minutes: number, reason: string) {
      const by = 'hand' in culprit ? { handId: culprit.hand.id } : { messageId: culprit.message.id };
      if (what !== 'remove') await api('POST /broadcasts/:broadcastId/sanctions', { params, body: { ...by, kind: what, reason, ...(what === 'mute' ? { minutes } : {}) } });
      if ('hand' in culprit) {
        await live.hands.reload();
        return again();
      }
      const { message } = culprit;
      if (message.status === 'held') await api('POST /messages/:messageId/decision', { params: { messageId: message.id }, body: { shown: false } });
      else if (message.status === 'shown') await api('DELETE /messages/:messageId', { params: { messageId: message.id } });
      live.take({ message: { ...message, status: 'removed' } });
      again();
    },
    lift: (sanctionId: string) => live.act(`lift:${sanctionId}`, async () => {
      await api('DELETE /broadcasts/:broadcastId/sanctions/:sanctionId', { params: { ...params, sanctionId } });
      await live.moderation.reload();
    }),
    slowMode: (seconds: number) => live.act('slow', async () => {
      live.take({ picture: await api('PUT /broadcasts/:broadcastId/slow-mode', { params, body: { seconds } }) });
    }),
    invite: (handId: string) => live.act(`hand:${handId}`, async () => {
      await api('POST /broadcasts/:broadcastId/hands/:handId/invite', { params: { ...params, handId } });
      await live.hands.reload();
    }),
    /** Lowers a hand, takes an invitation back, or takes a guest off the stage. */
    takeOff: (handId: string) => live.act(`hand:${handId}`, async () => {
      await api('DELETE /broadcasts/:broadcastId/hands/:handId', { params: { ...params, handId } });
      await live.hands.reload();
    }),
    show: (place: TourPlace, where: { latitude?: number; longitude?: number; accuracy?: number }) => live.act(`tour:${place}`, async () => {
      live.take({ broadcast: await api('PUT /broadcasts/:broadcastId/tour/:place', { params: { ...params, place }, body: where }) });
    }),
    status: async (status: 'scheduled' | 'rehearsing' | 'live' | 'paused' | 'ended') => {
      live.take({ broadcast: await api('POST /broadcasts/:broadcastId/status', { params, body: { status } }) });
    },
  };
}
