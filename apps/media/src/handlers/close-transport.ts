import { TransportDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const closeTransport: Handler<'closeTransport'> = {
  dto: TransportDto,
  async handle({ peer }, { transportId }) {
    peer.transport(transportId).close();
    return null;
  },
};
