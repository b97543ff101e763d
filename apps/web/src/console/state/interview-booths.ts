import type { Fair } from '#libs/contracts';
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { account } from '../../net/account';
import { api } from '../../net/api';
import { remember, remembered } from '../../net/remember';
import { useLoad, type Loading } from './load';

export interface MyBooth { fair: Fair; boothId: string; number: string }
const KEPT_AS = 'fw-booth';

/** One's own booths at fairs that are on or to come; the one at work is in the address (`?booth=`), and remembered. */
export function useMyBooths(): { load: Loading<MyBooth[]>; booth: ComputedRef<MyBooth | undefined>; choose(boothId: string): void } {
  const route = useRoute();
  const router = useRouter();
  const mine = account.value?.organisation?.id ?? '';
  const load = useLoad(async signal => {
    const standing = (await api('GET /booth-applications/mine', { signal })).filter(one => one.status === 'approved' && one.boothNumber).slice(0, 20);
    const found = await Promise.all(standing.map(async ({ fairId }) => {
      const [fair, plan] = await Promise.all([api('GET /fairs/:fairId', { params: { fairId }, signal }), api('GET /fairs/:fairId/floor-plan', { params: { fairId }, signal })]);
      return plan.booths.filter(booth => booth.organisation?.id === mine).map(({ id, number }) => ({ fair, boothId: id, number }));
    }));
    const rank = { open: 0, published: 1, draft: 2, closed: 2, archived: 2, cancelled: 2 };
    return found.flat().filter(({ fair }) => rank[fair.status] < 2).sort((a, b) => rank[a.fair.status] - rank[b.fair.status] || a.fair.startsAt.localeCompare(b.fair.startsAt));
  });
  const booth = computed(() => {
    const all = load.data.value ?? [];
    const wished = [route.query.booth, remembered(KEPT_AS)];
    return wished.map(id => all.find(one => one.boothId === id)).find(Boolean) ?? all[0];
  });
  return {
    load, booth,
    choose(boothId) {
      remember(KEPT_AS, boothId);
      void router.replace({ query: { ...route.query, booth: boothId } });
    },
  };
}
