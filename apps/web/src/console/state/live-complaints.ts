/** 举报 that an organiser decides: of a fair, or of one of its broadcasts. Pushed by the fair's desk. */
import type { ReceivedComplaint } from '#libs/contracts';
import { computed, type ComputedRef } from 'vue';
import { api } from '../../net/api';
import { t } from '../../words';
import { atMostEvery } from './events';
import { ask } from './asking';
import { useFair } from './fair';
import { useLoad, type Loading } from './load';
import { told } from './told';

export interface ComplaintsAtHand {
  load: Loading<ReceivedComplaint[]>;
  /** How many wait. */
  waiting: ComputedRef<number>;
  waitingOf(broadcastId: string): number;
  /** Asks for a reason, and decides. */
  decide(one: ReceivedComplaint, upheld: boolean): Promise<void>;
  /** Takes the message away that was complained of. */
  remove(one: ReceivedComplaint): Promise<void>;
}

const W = 'console.live.complaints';

/** Call in the setup of a page below a fair's. */
export function useComplaints(fairId: string, broadcastId?: string): ComplaintsAtHand {
  const load = useLoad(signal => api('GET /fairs/:fairId/complaints', { params: { fairId }, query: { broadcastId }, signal }));
  const again = atMostEvery(500, load.reload);
  useFair().atHand.onEvent(event => {
    if (event.type.startsWith('complaint.') && 'broadcastId' in event.data && (!broadcastId || event.data.broadcastId === broadcastId)) again();
  });
  const open = computed(() => (load.data.value ?? []).filter(one => one.status === 'waiting'));
  return {
    load,
    waiting: computed(() => open.value.length),
    waitingOf: id => open.value.filter(one => one.broadcastId === id).length,
    async decide(one, upheld) {
      const way = upheld ? 'uphold' : 'dismiss';
      const ready = upheld ? [one.messageId ? 'removed' : 'stopped', 'warned'] as const : ['fine', 'duplicate'] as const;
      const done = await ask({
        title: t(`${W}.${way}Title`), text: t(`${W}.${way}Text`), action: t(`${W}.${way}`),
        reason: { label: t('console.organiser.reason'), hint: t(`${W}.reasonHint`), required: true, ready: ready.map(each => t(`${W}.ready.${each}`)), limit: 200 },
        work: reason => api('POST /complaints/:complaintId/decision', { params: { complaintId: one.id }, body: { upheld, reason } }),
      });
      await load.reload();
      if (done) told(t(`${W}.done`));
    },
    async remove(one) {
      if (!one.messageId) return;
      const done = await ask({
        title: t(`${W}.remove`), text: one.subject.text, action: t(`${W}.remove`), danger: true,
        work: () => api('DELETE /messages/:messageId', { params: { messageId: one.messageId! } }),
      });
      await load.reload();
      if (done) told(t(`${W}.removed`));
    },
  };
}
