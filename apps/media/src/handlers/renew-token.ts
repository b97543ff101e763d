import { DomainError } from '#libs/platform';
import { RenewTokenDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

/** A longer stay, or other sources. The token must be of this room and this person. */
export const renewToken: Handler<'renewToken'> = {
  dto: RenewTokenDto,
  async handle({ peer, room, seat, tokens }, { token }) {
    const entry = await tokens.read(token, room.id);
    if (entry.personKey !== peer.personKey) throw new DomainError('roomTokenInvalid');
    room.admits(entry);
    const sources = room.takings.left(entry);
    if (peer.closed) throw new DomainError('roomClosed');
    seat.renew({ ...entry, sources });
    return { role: peer.role, sources };
  },
};
