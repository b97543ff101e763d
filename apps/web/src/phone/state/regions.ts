import type { Region } from '#libs/contracts';
import { ref, watch, type Ref } from 'vue';
import { api } from '../../net/api';
import { onServer } from '../../net/on-server';
import { remember, remembered } from '../../net/remember';
import { keepSeen, seen } from './seen';

const asked = new Map<string, Promise<Region[]>>();

/** The regions below a GB/T 2260 code; provinces without one. Asked once a page, kept for later visits. */
export function regionsBelow(parent?: string): Promise<Region[]> {
  const key = parent ?? '';
  let answer = asked.get(key);
  if (!answer) {
    answer = api('GET /regions', { query: { parent } }).then(list => { void keepSeen(`regions:${key}`, list); return list; })
      .catch(async (error: unknown) => {
        asked.delete(key);
        const copy = await seen<Region[]>(`regions:${key}`);
        if (copy) return copy.data;
        throw error;
      });
    asked.set(key, answer);
  }
  return answer;
}

/** The codes above a code, province first, itself last: 350203 → 350000, 350200, 350203. */
export const codesOf = (code: string): string[] =>
  [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])];

/** A place's name without its province: 厦门市思明区; a province's own for a province. Empty when it cannot be had. */
export async function regionName(code: string): Promise<string> {
  try {
    const codes = codesOf(code);
    const lists = await Promise.all(codes.map((_, i) => regionsBelow(i ? codes[i - 1] : undefined)));
    const names = codes.map((one, i) => lists[i].find(region => region.code === one)?.name ?? '');
    return (names.length > 1 ? names.slice(1) : names).join('');
  } catch (error) {
    console.warn('No name for region', code, error);
    return '';
  }
}

/** The name of a code that may change. `known`: a name that came with the page. */
export function useRegionName(code: () => string | null | undefined, known?: { code: string | null; name: string }): Ref<string> {
  const name = ref(known && known.code === code() ? known.name : '');
  if (!onServer) watch(code, async now => {
    const found = now && now === known?.code ? known.name : now ? await regionName(now) : '';
    if (code() === now) name.value = found;
  }, { immediate: true });
  return name;
}

const KEPT_AS = 'fw-region';
/** Where the reader looks for work, as they chose on this phone; null: not chosen. */
export const chosenRegion = ref<string | null>(remembered(KEPT_AS) || null);
export function chooseRegion(code: string | null): void {
  chosenRegion.value = code;
  remember(KEPT_AS, code ?? '');
}
