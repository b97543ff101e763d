/** mediasoup-client, fetched when a room is near, and what this browser can do, which is asked once and not again for each room. */
import { detectDevice, Device, type types } from 'mediasoup-client';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';

type Factory = types.HandlerFactory;
const factories: Partial<Record<types.BuiltinHandlerName, () => Factory>> = {
  Chrome111: () => Chrome111.createFactory(), Chrome74: () => Chrome74.createFactory(), Firefox120: () => Firefox120.createFactory(), Safari12: () => Safari12.createFactory(),
};

/** Each question is a connection that the browser makes and drops: about 20 ms on a cheap phone. */
function askedOnce(factory: Factory): Factory {
  const known = new Map<string, ReturnType<Factory['getNativeRtpCapabilities']>>();
  return {
    ...factory,
    getNativeRtpCapabilities(options) {
      let answer = known.get(options.direction);
      if (!answer) known.set(options.direction, answer = factory.getNativeRtpCapabilities(options));
      answer.catch(() => known.delete(options.direction));
      return answer;
    },
  };
}

let factory: Factory | undefined;
function handler(): Factory {
  const made = factories[detectDevice() ?? 'ReactNative106'];
  if (!made) throw Object.assign(new Error('This browser has no WebRTC that we know.'), { name: 'UnsupportedError' });
  return factory ??= askedOnce(made());
}

/** Asks the browser beforehand. */
export async function ask(): Promise<void> {
  if (typeof RTCPeerConnection === 'undefined') return;
  const { getNativeRtpCapabilities } = handler();
  for (const direction of ['recvonly', 'sendonly'] as const) await getNativeRtpCapabilities({ direction });
}

/** For a room with these capabilities. Rejects with `UnsupportedError`. */
export async function deviceFor(routerRtpCapabilities: types.RtpCapabilities): Promise<Device> {
  const device = await Device.factory({ handlerFactory: handler() });
  await device.load({ routerRtpCapabilities });
  return device;
}
