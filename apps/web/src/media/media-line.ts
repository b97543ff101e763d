/** One connection to a media node's `/media` namespace, with a pass. It does not come back by itself: RoomClient does that. */
import { type Ack, type ErrorCode, type MediaClientToServer, type RoomEntered, type RoomPass } from '#libs/contracts';
import { lineTo, type MediaSocket } from './early-line';

/** What a request to the node ended with: the node's own code, or ours when the line gave no answer. */
export class RoomError extends Error {
  constructor(readonly code: ErrorCode | 'timeout' | 'lineLost', message: string) {
    super(message);
    this.name = 'RoomError';
  }
}

/** Requests that are answered, by name: what they take, what they give. */
type Asked = { [K in keyof MediaClientToServer]: MediaClientToServer[K] extends (request: infer Q, ack: (answer: Ack<infer T>) => void) => void ? { request: Q; answer: T } : never };
export type Question = { [K in keyof Asked]: [Asked[K]] extends [never] ? never : K }[keyof Asked];
export type RequestOf<K extends Question> = Asked[K]['request'];
export type AnswerOf<K extends Question> = Asked[K]['answer'];

const PATIENCE = 8_000;
/** For who was in the room: a connection that began while there was no network is tried anew sooner than it would wake up. */
const PATIENCE_AGAIN = 4_000;

export class MediaLine {
  readonly socket: MediaSocket;
  /** The room as it was when we came in. Rejects with RoomError: refused, or not reached in 8 s (4 s for a second time). */
  readonly entered: Promise<RoomEntered>;

  /**
   * @param before the `peerId` of the line before: the node goes on with it (`resumed`) when `goOn` and it still can; else that peer is
   *   replaced, so that others are not shown its last picture
   */
  constructor(pass: RoomPass, before?: string, goOn = false) {
    const patience = before ? PATIENCE_AGAIN : PATIENCE;
    this.socket = lineTo(pass.nodeUrl, { token: pass.token, ...(before ? { replace: before, ...(goOn ? { resume: before } : {}) } : {}) }, patience);
    this.entered = new Promise((done, fail) => {
      const late = setTimeout(() => fail(new RoomError('timeout', 'The media node did not answer.')), patience);
      this.socket.once('entered', room => { clearTimeout(late); done(room); });
      this.socket.once('connect_error', (error: Error & { data?: { error?: { code?: ErrorCode; message?: string }; code?: ErrorCode } }) => {
        clearTimeout(late);
        const code = error.data?.error?.code ?? error.data?.code;
        fail(new RoomError(code ?? 'lineLost', error.data?.error?.message ?? error.message));
      });
      this.socket.once('disconnect', reason => { clearTimeout(late); fail(new RoomError('lineLost', reason)); });
    });
    this.entered.catch(() => undefined); // whoever waits hears of it
  }

  /** Asks the node. Rejects with RoomError. */
  async ask<K extends Question>(name: K, request: RequestOf<K>, patience = PATIENCE): Promise<AnswerOf<K>> {
    const emit = this.socket.timeout(patience).emitWithAck as unknown as (name: K, request: RequestOf<K>) => Promise<Ack<AnswerOf<K>>>;
    const answer = await emit.call(this.socket.timeout(patience), name, request).catch(() => {
      throw new RoomError(this.socket.connected ? 'timeout' : 'lineLost', `${name} was not answered.`);
    });
    if (!answer.ok) throw new RoomError(answer.error.code, answer.error.message);
    return answer.data;
  }

  /** Says goodbye: the node lets the seat go. */
  close(): void {
    this.socket.removeAllListeners();
    this.socket.disconnect();
  }

  /** Without a goodbye: the seat is kept for the next line. */
  leave(): void {
    this.socket.removeAllListeners();
    if (this.socket.connected) this.socket.io.engine.close();
    else this.socket.disconnect();
  }
}
