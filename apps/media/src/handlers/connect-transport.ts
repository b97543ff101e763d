import type { Transport } from '#libs/sfu';
import { ConnectTransportDto } from '../messages.dto.js';
import type { Handler } from './handler.js';

export const connectTransport: Handler<'connectTransport'> = {
  dto: ConnectTransportDto,
  async handle({ peer }, { transportId, dtlsParameters }) {
    await peer.transport(transportId).connect(dtlsParameters as Parameters<Transport['connect']>[0]);
    return null;
  },
};
