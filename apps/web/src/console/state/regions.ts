import type { Region } from '#libs/contracts';
import { ref, watch, type Ref } from 'vue';
import { api } from '../../net/api';

const asked = new Map<string, Promise<Region[]>>();

/** The regions right below a GB/T 2260 code; the provinces without one. Asked once a visit. */
function below(parent?: string): Promise<Region[]> {
  let answer = asked.get(parent ?? '');
  if (!answer) {
    answer = api('GET /regions', { query: { parent } });
    answer.catch(() => asked.delete(parent ?? ''));
    asked.set(parent ?? '', answer);
  }
  return answer;
}

/** The lists to choose from on the way down to a code: the provinces, then what lies below each that is chosen, at most three. */
export async function listsTo(code: string): Promise<{ list: Region[]; chosen: Region | undefined }[]> {
  const way = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
  const found: { list: Region[]; chosen: Region | undefined }[] = [];
  let parent: string | undefined;
  do {
    const list = await below(parent);
    const chosen = code ? list.find(one => way.includes(one.code)) : undefined;
    found.push({ list, chosen });
    parent = chosen?.hasChildren ? chosen.code : undefined;
  } while (parent && found.length < 3);
  return found;
}

/** A region's name from its province down: 福建省 福州市 鼓楼区; empty until it is known. */
export function useRegionName(code: () => string | undefined): Ref<string> {
  const name = ref('');
  watch(code, async now => {
    if (!now) return void (name.value = '');
    const text = await listsTo(now).then(lists => lists.map(one => one.chosen?.name ?? '').join(' ').trim(), () => ''); // a name that cannot be had is no fault of the page
    if (code() === now) name.value = text;
  }, { immediate: true });
  return name;
}
