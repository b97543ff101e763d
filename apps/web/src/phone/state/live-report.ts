import type { Broadcast, Complaint, ComplaintKind, MakeComplaint } from '#libs/contracts';
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { account } from '../../net/account';
import { api, ApiError } from '../../net/api';
import { deviceId } from '../../net/device-id';
import { t } from '../../words';
import { useAct } from './act';
import { useTopic } from './line';
import { notice } from './notice';

/** What one complains of; neither: the broadcast itself. */
export type About = Pick<MakeComplaint, 'hostId' | 'messageId'>;
export interface Report {
  /** One's own in this broadcast, the newest first. */
  list: ShallowRef<Complaint[]>;
  busy: Ref<boolean>;
  /** Why the last one was not taken. */
  problem: Ref<string>;
  /** True when it was taken. */
  make(kind: ComplaintKind, about: About, text: string): Promise<boolean>;
}

/** So long until who is not signed in, and so is told nothing, asks again. Milliseconds. */
const AGAIN = 15_000;

/** 举报 of one broadcast: asked for while its sheet is `open`; a decision reaches who is signed in at once. */
export function useReport(broadcast: () => Broadcast | undefined, open: () => boolean): Report {
  const list = shallowRef<Complaint[]>([]);
  const { busy, problem, act } = useAct();
  const of = (id: string) => ({ params: { broadcastId: id } });
  let asked = 0;

  async function read(): Promise<void> {
    const id = broadcast()?.id;
    if (!id) return;
    const mine = ++asked;
    try {
      const answer = await api('GET /broadcasts/:broadcastId/complaints/mine', { ...of(id), query: { deviceId: deviceId() } });
      if (mine === asked) list.value = answer; // else it may not know of what was made meanwhile
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.warn('Complaints:', error.message); // what was sent is kept; the next look brings it
    }
  }
  let timer: ReturnType<typeof setInterval> | undefined;
  watch(() => open() && broadcast()?.id, on => {
    clearInterval(timer);
    if (!on) return;
    problem.value = '';
    void read();
    timer = setInterval(() => { if (list.value.some(one => one.status === 'waiting')) void read(); }, AGAIN);
  }, { immediate: true });
  onScopeDispose(() => clearInterval(timer));
  useTopic(() => (account.value ? { kind: 'account' } : null), {
    event(event) {
      if (event.type !== 'complaint.decided' || event.data.broadcastId !== broadcast()?.id) return;
      notice(t('live.report.decided'));
      if (open()) void read();
    },
    resync: () => { if (open()) void read(); },
  });

  return {
    list, busy, problem,
    make(kind, about, text) {
      const id = broadcast()?.id;
      if (!id) return Promise.resolve(false);
      return act(async () => {
        const made = await api('POST /broadcasts/:broadcastId/complaints', { ...of(id), body: { kind, text, deviceId: deviceId(), ...about } });
        list.value = [made, ...list.value.filter(one => one.id !== made.id)];
        void read();
      });
    },
  };
}
