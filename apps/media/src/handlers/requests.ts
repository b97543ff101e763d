import { Injectable } from '@nestjs/common';
import { Context, DomainError, failedAck, newRequestId, refuseHostile, validation } from '#libs/platform';
import { RoomTokens } from '#libs/rooms';
import { mediaFailure } from '../sfu-failure.js';
import type { MediaSocket } from '../socket.js';
import type { Handler, MessageName } from './handler.js';
import { handlers } from './index.js';

/** Checks what a client says, has it done, and answers in the one shape. */
@Injectable()
export class Requests {
  private readonly checks = validation();

  constructor(private readonly tokens: RoomTokens) {}

  async answer<M extends MessageName>(socket: MediaSocket, name: M, args: unknown[]): Promise<void> {
    const last = args.at(-1);
    const ack = typeof last === 'function' ? last : null;
    await Context.run({ requestId: newRequestId(), language: socket.data.language }, async () => {
      try {
        const data = await this.handle(socket, handlers[name] as Handler<M>, ack === args[0] ? undefined : args[0]);
        ack?.({ ok: true, data });
      } catch (error) {
        const answer = failedAck(mediaFailure(error)); // logs it, whether or not somebody hears it
        ack?.(answer);
      }
    });
  }

  private async handle<M extends MessageName>({ data: { seat } }: MediaSocket, { dto, handle }: Handler<M>, said: unknown): Promise<unknown> {
    if (!seat || seat.peer.closed) throw new DomainError('roomClosed');
    refuseHostile(said);
    // Also for what is no object: class-validator takes nothing else.
    const request: unknown = await this.checks.transform(isPlain(said) ? said : {}, { type: 'body', metatype: dto });
    const { peer, room } = seat;
    return handle({ peer, room, seat, tokens: this.tokens }, request as Parameters<typeof handle>[1]);
  }
}

const isPlain = (said: unknown): said is object => typeof said === 'object' && said !== null && !Array.isArray(said) && !ArrayBuffer.isView(said);
