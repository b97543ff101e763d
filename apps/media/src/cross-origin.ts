import type { Response } from 'express';

export interface CrossOrigin {
  methods?: string[];
  headers?: string[];
  exposed?: string[];
}

/** Lets pages of any origin use this answer: players and encoders live everywhere, and no cookie is read here. */
export function allowOrigins(response: Response, { methods = [], headers = [], exposed = [] }: CrossOrigin): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  if (methods.length > 0) response.setHeader('Access-Control-Allow-Methods', methods.join(', '));
  if (headers.length > 0) response.setHeader('Access-Control-Allow-Headers', headers.join(', '));
  if (methods.length > 0) response.setHeader('Access-Control-Max-Age', '86400');
  if (exposed.length > 0) response.setHeader('Access-Control-Expose-Headers', exposed.join(', '));
}
