import type { types } from 'mediasoup';

/**
 * What every router of every room speaks, in order of preference. H.264 constrained baseline comes first because a
 * recording and HLS copy it without transcoding, and every phone decodes it in hardware; VP8 is what a browser without
 * H.264 has. mediasoup adds RTX and the header extensions that it knows.
 */
export const roomCodecs: types.RtpCodecCapability[] = [
  {
    kind: 'video',
    mimeType: 'video/H264',
    preferredPayloadType: 102,
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 96, clockRate: 90_000 },
  // In-band FEC hides single losses; DTX sends next to nothing while nobody speaks.
  { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 111, clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1, usedtx: 1 } },
];
