import type { ProduceOptions, Room } from '#libs/sfu';

/** mediasoup's ORTC words, which nobody but libs/sfu imports from it. */
export type RtpCapabilities = Room['rtpCapabilities'];
export type RtpParameters = ProduceOptions['rtpParameters'];
export type RtpCodecParameters = RtpParameters['codecs'][number];
