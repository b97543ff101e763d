import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from '#libs/contracts';

export interface RequestContext {
  /** Goes into every answer with an error, every log line and every audit entry of this request. */
  requestId: string;
  /** Of the person who asks. */
  language: Language;
}

const storage = new AsyncLocalStorage<RequestContext>();
const NONE: RequestContext = { requestId: '-', language: 'zh' };

/** Which request is being served, wherever in the code. */
export const Context = {
  /** The request, or `{ requestId: '-', language: 'zh' }` outside one. */
  current: (): RequestContext => storage.getStore() ?? NONE,
  /** Runs `work` as part of a request. Returns what it returns. */
  run: <T>(context: RequestContext, work: () => T): T => storage.run(context, work),
};
