import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { IceServer } from '#libs/contracts';
import { Settings } from '#libs/platform';

/** TURN servers with credentials that last `turnSeconds`, as coturn's `use-auth-secret` takes them. None set: none needed. */
@Injectable()
export class IceServers {
  constructor(private readonly settings: Settings) {}

  /** @param now the database's clock or this process's; coturn compares with its own */
  make(now = new Date()): IceServer[] {
    const { turnUrls, turnSecret, turnSeconds } = this.settings;
    if (turnUrls === null || turnSecret === null) return [];
    // Its log sees the name: nothing of a person is in it.
    const username = `${Math.floor(now.getTime() / 1_000) + turnSeconds}:${randomBytes(6).toString('hex')}`;
    const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
    return [{ urls: turnUrls.split(',').map((url) => url.trim()), username, credential }];
  }
}
