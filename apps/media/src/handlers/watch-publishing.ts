import { DomainError } from '#libs/platform';
import { WatchPublishingDto } from '../messages.dto.js';
import { publishingWatchOf } from '../publishing-watch.js';
import type { Handler } from './handler.js';

export const watchPublishing: Handler<'watchPublishing'> = {
  dto: WatchPublishingDto,
  async handle({ peer, room }, { on }) {
    if (peer.role !== 'host') throw new DomainError('forbidden');
    const watch = publishingWatchOf(room);
    if (on) watch.add(peer);
    else watch.remove(peer);
    return null;
  },
};
