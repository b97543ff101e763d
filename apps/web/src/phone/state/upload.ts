import type { ErrorBody, Profile } from '#libs/contracts';
import { accessToken, renew } from '../../net/account';
import { ApiError, newId } from '../../net/api';
import { place, t } from '../../words';

/** Bytes; the server's own limit for files. */
export const CV_LIMIT = 10 * 1024 * 1024;
const kinds = ['application/pdf', 'image/jpeg', 'image/png', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'];
/** For the file picker. */
export const CV_ACCEPT = [...kinds, '.pdf', '.jpg', '.jpeg', '.png', '.docx'].join(',');

/** What is wrong with a chosen file before a byte is sent, in words; empty when nothing is. The server reads the bytes itself. */
export function cvProblem(file: Pick<File, 'name' | 'size' | 'type'>): string {
  if (file.size === 0) return t('phone.profile.cvEmpty');
  if (file.size > CV_LIMIT) return t('phone.profile.cvTooLarge', { size: (file.size / 1e6).toFixed(1) });
  if (!kinds.includes(file.type) && !/\.(pdf|jpe?g|png|docx)$/i.test(file.name)) return t('phone.profile.cvKind');
  return '';
}

function put(file: File, progress: (share: number) => void): Promise<Profile> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest(); // fetch tells nothing of how far an upload is
    const requestId = newId();
    const broken = (code: 'offline' | 'timeout') => fail(new ApiError(code, t(`common.error.${code}`), 0, requestId));
    request.open('PUT', '/api/me/cv');
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
      let body: unknown;
      try { body = JSON.parse(request.responseText); } catch { body = null; } // not ours: told below
      if (request.status >= 200 && request.status < 300 && body) return done(body as Profile);
      const error = (body as ErrorBody | null)?.error;
      fail(error ? new ApiError(error.code, error.message, request.status, error.requestId, error.details) : new ApiError('unreadable', t('common.error.unreadable'), request.status, requestId));
    };
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

/** Uploads the person's CV; `progress` hears the share that is sent, 0 to 1. Rejects with ApiError. */
export async function uploadCv(file: File, progress: (share: number) => void): Promise<Profile> {
  try {
    return await put(file, progress);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && await renew()) return put(file, progress);
    throw error;
  }
}
