import { ReportQualityDto } from '../messages.dto.js';
import { qualityScore } from '../quality.rules.js';
import type { Handler } from './handler.js';

/** Hosts and guests see one another's quality; that of viewers counts in `publishing`. */
export const reportQuality: Handler<'reportQuality'> = {
  dto: ReportQualityDto,
  async handle({ peer, room }, { lossRatio, roundTrip }) {
    peer.quality = { peerId: peer.id, score: qualityScore(lossRatio, roundTrip), lossRatio, roundTrip };
    if (peer.listed) room.announceToListed(peer, 'quality', peer.quality);
    return null;
  },
};
