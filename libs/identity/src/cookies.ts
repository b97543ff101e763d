import type { Request, Response } from 'express';

/** The refresh token's cookie: scripts cannot read it, and it goes to the sign-in routes only. */
export const refreshCookie = 'refresh';
/** Tells browsers apart for limits; it names nobody. */
export const deviceCookie = 'device';

const path = '/api/auth';

export function readCookie(request: Request, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** `request.secure` counts a trusted proxy's word, so that http on a developer's machine works and https is never weakened. */
export function writeCookie(request: Request, response: Response, name: string, value: string, expires: Date): void {
  response.cookie(name, value, { httpOnly: true, sameSite: 'strict', secure: request.secure, path, expires });
}

export function clearCookie(request: Request, response: Response, name: string): void {
  response.clearCookie(name, { httpOnly: true, sameSite: 'strict', secure: request.secure, path });
}
