import { Log } from '#libs/platform';
import type { Consumer } from '#libs/sfu';
import { reported, start } from './layer.rules.js';

/** Players report about once a second. Milliseconds. */
const EVERY = 2_000;
/** A receiver report counts losses in 256ths (RFC 3550, 6.4.1). */
const WHOLE = 256;

/** Sends a player as large a picture as its line carries. `layers`: that the publisher sends. It ends with the consumer. */
export function followLosses(consumer: Pick<Consumer, 'type' | 'stats' | 'setPreferredLayers' | 'once'>, layers: number): void {
  if (consumer.type !== 'simulcast' || layers < 2) return;
  let standing = start(layers - 1, Date.now());
  let looking = false;
  const look = async (): Promise<void> => {
    const sent = (await consumer.stats()).find(({ type }) => type === 'outbound-rtp');
    const next = reported(standing, { at: Date.now(), lossRatio: (sent?.fractionLost ?? 0) / WHOLE }, layers - 1);
    if (next.layer !== standing.layer) await consumer.setPreferredLayers({ spatialLayer: next.layer, temporalLayer: 2 });
    standing = next; // a step that failed was not made, and is tried at the next look
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().catch((err: unknown) => log.debug({ err }, 'A player’s losses could not be read.')).finally(() => { looking = false; });
  }, EVERY).unref();
  consumer.once('closed', () => clearInterval(timer));
}

const log = Log.named('whep');
