import type { ErrorBody, PathParams, RouteName, Routes } from '#libs/contracts';

type Body<R extends RouteName> = Routes[R] extends { body: infer B } ? B : undefined;
type Query<R extends RouteName> = Routes[R] extends { query: infer Q } ? Q : undefined;
type Answer<R extends RouteName> = Routes[R]['answer'];
type Options<R extends RouteName> = {
  params?: Record<PathParams<R>, string>;
  body?: Body<R>;
  query?: Query<R>;
};

/** An answer that was an error: what a page would see. */
export class Refused extends Error {
  constructor(readonly status: number, readonly body: ErrorBody) {
    super(`${status} ${JSON.stringify(body)}`);
  }
  get code(): string {
    return this.body.error.code;
  }
}

/** Somebody who calls the API, typed by the contracts. Calls go to the address that `address()` names, so they can alternate. */
export class Caller {
  /** @param renew signs in again; absent: a token that has run out stays so */
  constructor(private readonly address: () => string, public token?: string, private readonly renew?: () => Promise<string>) {}

  as(token: string, renew?: () => Promise<string>): Caller {
    return new Caller(this.address, token, renew);
  }

  /** As a page does it: who has been there longer than a token holds signs in again, unseen. */
  async call<R extends RouteName>(route: R, options: Options<R> = {}): Promise<Answer<R>> {
    try {
      return await this.once(route, options);
    } catch (error) {
      if (!this.renew || !(error instanceof Refused) || error.code !== 'tokenExpired') throw error;
      this.token = await this.renew();
      return this.once(route, options);
    }
  }

  private async once<R extends RouteName>(route: R, options: Options<R>): Promise<Answer<R>> {
    const response = await this.fetch(route, options);
    const text = await response.text();
    if (!response.ok) throw new Refused(response.status, JSON.parse(text) as ErrorBody);
    return (text === '' ? null : JSON.parse(text)) as Answer<R>;
  }

  /** The code that the call is refused with; a call that goes through is a failure of the test. */
  async refusal<R extends RouteName>(route: R, options: Options<R> = {}): Promise<string> {
    try {
      const answer = await this.call(route, options);
      throw new Error(`${route} was expected to be refused, and answered ${JSON.stringify(answer)}`);
    } catch (error) {
      if (error instanceof Refused) return error.code;
      throw error;
    }
  }

  /** Sends a multipart body with the part `file`. */
  async upload<R extends RouteName>(route: R, params: Record<PathParams<R>, string>, file: { name: string; type: string; bytes: Uint8Array }, fields: Record<string, string> = {}): Promise<Answer<R>> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([file.bytes as Uint8Array<ArrayBuffer>], { type: file.type }), file.name);
    const { method, url } = this.target(route, { params } as Options<R>);
    const response = await fetch(url, { method, headers: this.headers(), body: form });
    const text = await response.text();
    if (!response.ok) throw new Refused(response.status, JSON.parse(text) as ErrorBody);
    return JSON.parse(text) as Answer<R>;
  }

  /** The bare response, for downloads and headers. */
  async fetch<R extends RouteName>(route: R, options: Options<R> = {}): Promise<Response> {
    const { method, url } = this.target(route, options);
    return fetch(url, {
      method,
      headers: { ...this.headers(), ...(options.body !== undefined && { 'Content-Type': 'application/json' }) },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
  }

  private headers(): Record<string, string> {
    return this.token ? { Authorization: `Bearer ${this.token}` } : {};
  }

  private target<R extends RouteName>(route: R, { params, query }: Options<R>): { method: string; url: URL } {
    const [method, path] = route.split(' ') as [string, string];
    const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent((params as Record<string, string>)[name]!));
    const url = new URL(`/api${filled}`, this.address());
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    return { method, url };
  }
}
