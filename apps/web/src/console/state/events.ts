import type { AnyEnvelope, EventType, Topic } from '#libs/contracts';
import { onScopeDispose } from 'vue';
import { account } from '../../net/account';
import { watch as follow } from '../../net/live';

/** Does `work` soon after it is wished for, and at most once in `ms`: a burst of events is one question to the server. */
export function atMostEvery(ms: number, work: () => unknown): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  onScopeDispose(() => clearTimeout(timer));
  return () => {
    timer ??= setTimeout(() => { timer = undefined; last = Date.now(); void work(); }, Math.max(0, last + ms - Date.now()));
  };
}

interface Ears {
  types: readonly EventType[];
  heard(event: AnyEnvelope): void;
  /** Something may have gone by unheard: ask the server anew. */
  missed(): void;
}

/** Hears events of a topic while the page is open. */
export function useTopic(topic: Topic, { types, heard, missed }: Ears): void {
  onScopeDispose(follow(topic, { event: event => { if (types.includes(event.type)) heard(event); }, resync: missed, begun: missed }));
}

/** Hears what happens to one's own organisation while the page is open. */
export function useOrganisationEvents(ears: Ears): void {
  const organisation = account.value?.organisation;
  if (organisation) useTopic({ kind: 'organisation', id: organisation.id }, ears);
}
