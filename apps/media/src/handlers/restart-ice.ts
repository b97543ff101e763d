import { TransportDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const restartIce: Handler<'restartIce'> = {
  dto: TransportDto,
  async handle({ peer }, { transportId }) {
    return { iceParameters: await peer.transport(transportId).restartIce() };
  },
};
