/** Sends a file and tells how far it is; the rest is as in api.ts. */
import type { ErrorBody, PathParams, RouteName } from '#libs/contracts';
import { place, t } from '../words';
import { accessToken, renew } from './account';
import { ApiError, newId, type Answer } from './api';

export interface Upload<R extends RouteName> {
  params: Record<PathParams<R>, string>;
  /** The parts; the file among them. */
  body: FormData;
  /** Hears the share that is sent, 0 to 1. */
  progress: (share: number) => void;
}

function once<R extends RouteName>(route: R, { params, body, progress }: Upload<R>): Promise<Answer<R>> {
  return new Promise((done, fail) => {
    const [method, path] = route.split(' ');
    const request = new XMLHttpRequest(); // fetch tells nothing of how far an upload is
    const requestId = newId();
    const broken = (code: 'offline' | 'timeout') => fail(new ApiError(code, t(`common.error.${code}`), 0, requestId));
    request.open(method, `/api${path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent((params as Record<string, string>)[name]))}`);
    request.timeout = 300_000;
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', place.language === 'zh' ? 'zh-CN' : 'en');
    request.setRequestHeader('X-Request-Id', requestId);
    const token = accessToken();
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.onprogress = event => { if (event.lengthComputable) progress(event.loaded / event.total); };
    request.onerror = () => broken('offline');
    request.ontimeout = () => broken('timeout');
    request.onload = () => {
      let answer: unknown;
      try { answer = JSON.parse(request.responseText); } catch { answer = null; } // not ours: told below
      if (request.status >= 200 && request.status < 300 && answer) return done(answer as Answer<R>);
      const error = (answer as ErrorBody | null)?.error;
      fail(error?.code ? new ApiError(error.code, error.message, request.status, error.requestId, error.details)
        : new ApiError('unreadable', t('common.error.unreadable'), request.status, requestId));
    };
    request.send(body);
  });
}

/** Sends a multipart body. Rejects with ApiError; a sign-in that has ended is renewed once, as `api` does. */
export async function upload<R extends RouteName>(route: R, what: Upload<R>): Promise<Answer<R>> {
  try {
    return await once(route, what);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && await renew()) return once(route, what);
    throw error;
  }
}
