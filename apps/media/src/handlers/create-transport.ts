import { CreateTransportDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const createTransport: Handler<'createTransport'> = {
  dto: CreateTransportDto,
  async handle({ peer }, { direction, forceTcp }) {
    const { id: transportId, iceParameters, iceCandidates, dtlsParameters } = (await peer.createTransport(direction, forceTcp)).params;
    return { transportId, iceParameters, iceCandidates, dtlsParameters };
  },
};
