/**
 * The way to /api, typed by the contracts' Routes: `api('GET /fairs/:fairId', { params: { fairId } })`. JSON in and out, the
 * one error shape as `ApiError`, a time limit, GET tried again when the network fails. Who is signed in is not known here:
 * an account or a gate's device lends its token through `useCredentials`.
 */
import type { ErrorBody, ErrorCode, FieldProblem, PathParams, RouteName, Routes } from '#libs/contracts';
import { place, t } from '../words';

/** Codes of our own beside the server's: no network, no answer in time, an answer that is not ours. */
export type FailureCode = ErrorCode | 'offline' | 'timeout' | 'unreadable';

export class ApiError extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly requestId: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** What `validationFailed` found wrong, by field path: the first sentence of each. */
  get fields(): Record<string, string> {
    // Other codes name fields in their own way (jobIncomplete: what is missing).
    const found = this.code === 'validationFailed' ? (this.details.fields ?? []) as FieldProblem[] : [];
    return Object.fromEntries(found.map(({ field, problems }) => [field, problems[0] ?? '']));
  }
}

export interface Credentials {
  /** The token to send, or null to ask as anyone. */
  token(): string | null;
  /** Called once after a 401 to a request that carried a token: true when there is a new token to try with. */
  renew(): Promise<boolean>;
}
let credentials: Credentials = { token: () => null, renew: () => Promise.resolve(false) };
export const useCredentials = (lender: Credentials): void => void (credentials = lender);

type Query = object;
export interface Options {
  /** Milliseconds until `timeout`; 15 s, and 120 s for files. */
  timeout?: number;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Ask as anyone: no token, no renewal. */
  anonymous?: boolean;
  /** The command carries its own id, so that sending it twice does it once: it may be tried again as a GET is. False: not even a GET is. */
  repeatable?: boolean;
}
interface Asking extends Options { params?: Record<string, string>; query?: Query; body?: unknown }

type ParamsPart<R extends RouteName> = [PathParams<R>] extends [never] ? { params?: undefined } : { params: Record<PathParams<R>, string> };
type QueryPart<R extends RouteName> = Routes[R] extends { query: infer Q } ? { query?: { [K in keyof Q]?: Q[K] | null } } : { query?: undefined };
type BodyPart<R extends RouteName> = Routes[R] extends { body: infer B } ? { body: B extends { file: true } ? FormData : B } : { body?: undefined };
/** What a route takes: its path's names, its query, its body (a FormData where the body is a file). */
export type Request<R extends RouteName> = ParamsPart<R> & QueryPart<R> & BodyPart<R> & Options;
/** What a route answers; downloads are asked for with `download`. */
export type Answer<R extends RouteName> = Routes[R]['answer'];
type Args<R extends RouteName> = object extends Request<R> ? [request?: Request<R>] : [request: Request<R>];

const BASE = '/api';
const RETRY_AFTER = [400, 1500]; // ms; only for GET, only when the network failed or a proxy said “not now”
const tired = new Set([502, 503, 504]);
const pause = (ms: number) => new Promise(done => setTimeout(done, ms));

/** A random id that works without a secure context too (the hall's plain http, old WebViews). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function address(path: string, { params = {}, query = {} }: Asking): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    if (value === null || value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return BASE + path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name])) + (text ? `?${text}` : '');
}

async function once(method: string, path: string, asking: Asking, token: string | null): Promise<Response> {
  const raw = asking.body instanceof FormData || asking.body instanceof Blob;
  const requestId = newId();
  const stop = new AbortController();
  let late = false;
  const timer = setTimeout(() => { late = true; stop.abort(); }, asking.timeout ?? (raw ? 120_000 : 15_000));
  const cancel = () => stop.abort();
  asking.signal?.addEventListener('abort', cancel);
  if (asking.signal?.aborted) cancel();
  try {
    return await fetch(address(path, asking), {
      method,
      signal: stop.signal,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        'Accept-Language': place.language === 'zh' ? 'zh-CN' : 'en',
        'X-Request-Id': requestId,
        ...(asking.body !== undefined && !raw ? { 'Content-Type': 'application/json' } : {}),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...asking.headers,
      },
      body: raw ? (asking.body as BodyInit) : asking.body === undefined ? undefined : JSON.stringify(asking.body),
    });
  } catch (error) {
    if (asking.signal?.aborted) throw error; // the page took the question back
    if (late) throw new ApiError('timeout', t('common.error.timeout'), 0, requestId);
    throw new ApiError('offline', t('common.error.offline'), 0, requestId);
  } finally {
    clearTimeout(timer);
    asking.signal?.removeEventListener('abort', cancel);
  }
}

async function failure(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('X-Request-Id') ?? '';
  const body = await response.json().catch(() => null) as ErrorBody | null;
  const error = body?.error;
  if (!error?.code) return new ApiError(tired.has(response.status) ? 'unavailable' : 'unreadable', t('common.error.unreadable'), response.status, requestId);
  return new ApiError(error.code, error.message, response.status, error.requestId ?? requestId, error.details);
}

async function ask(route: string, asking: Asking): Promise<Response> {
  const [method, path] = route.split(' ');
  let renewed = false;
  for (let attempt = 0; ; ) {
    const token = asking.anonymous ? null : credentials.token();
    let problem: ApiError;
    try {
      const response = await once(method, path, asking, token);
      if (response.ok) return response;
      problem = await failure(response);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem = error;
    }
    if (problem.status === 401 && token && !renewed) {
      renewed = true;
      // A late 401 to the token before: what replaced it is tried, and not replaced again.
      if (credentials.token() === token ? await credentials.renew() : credentials.token()) continue;
    }
    const harmless = asking.repeatable ?? method === 'GET';
    if (!harmless || attempt >= RETRY_AFTER.length || (problem.status !== 0 && !tired.has(problem.status))) throw problem;
    await pause(RETRY_AFTER[attempt++]);
    if (asking.signal?.aborted) throw problem;
  }
}

/** Asks a route. Throws ApiError, or the AbortError of `signal`. */
export async function api<R extends RouteName>(route: R, ...[request]: Args<R>): Promise<Answer<R>> {
  const response = await ask(route, (request ?? {}) as Asking);
  const text = response.status === 204 ? '' : await response.text();
  try {
    return (text ? JSON.parse(text) : null) as Answer<R>;
  } catch {
    throw new ApiError('unreadable', t('common.error.unreadable'), response.status, response.headers.get('X-Request-Id') ?? '');
  }
}

interface Fetched { blob: Blob; name: string }

/** Fetches a route's file, to show it: `URL.createObjectURL(blob)`. `name` is the server's for it. */
export async function fetchFile<R extends RouteName>(route: R, ...[request]: Args<R>): Promise<Fetched> {
  const response = await ask(route, { timeout: 120_000, ...(request ?? {}) } as Asking);
  const disposition = response.headers.get('Content-Disposition') ?? '';
  const named = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1] ?? /filename="?([^";]+)/i.exec(disposition)?.[1] ?? 'fairwind';
  return { blob: await response.blob(), name: decodeURIComponent(named) };
}

/** Hands a file to the browser to save. */
export function saveFile({ blob, name }: Fetched): void {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Fetches a route's file and hands it to the browser to save, under the server's name for it. */
export async function download<R extends RouteName>(route: R, ...request: Args<R>): Promise<void> {
  saveFile(await fetchFile(route, ...request));
}
