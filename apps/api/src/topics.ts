import { Injectable } from '@nestjs/common';
import type { Actor, Audience, Topic, TopicKind } from '#libs/contracts';
import type { SnapshotKind } from '#libs/events';
import { Fairs } from '#libs/fairs';
import { isMember, isOrganiser } from '#libs/identity';
import { Queues } from '#libs/interviews';
import { Broadcasts } from '#libs/live';
import { DomainError } from '#libs/platform';

/** What a topic gives: the events of an audience, the pictures of a kind, or both. */
export interface Admission {
  audience: Audience | null;
  snapshot: { kind: SnapshotKind; id: string } | null;
}

type Admit<K extends TopicKind> = (actor: Actor, topic: Extract<Topic, { kind: K }>) => Promise<Admission>;

/** Who may watch what: one line a topic. A refusal throws `notFound`, `forbidden` or `unauthenticated`. */
@Injectable()
export class Topics {
  private readonly rules: { [K in TopicKind]: Admit<K> } = {
    fair: async (actor, { id }) => {
      await this.fairs.requireVisible(actor, id);
      return { audience: `fair:${id}`, snapshot: null };
    },
    crowd: async (actor, { id }) => {
      await this.fairs.requireVisible(actor, id);
      return { audience: null, snapshot: { kind: 'crowd', id } };
    },
    desk: async (actor, { id }) => {
      await this.fairs.requireOwn(actor, id);
      return { audience: `desk:${id}`, snapshot: { kind: 'desk', id } };
    },
    gates: async (actor, { id }) => {
      if (actor.role !== 'gateDevice') throw refusal(actor);
      if (actor.fairId !== id) throw new DomainError('notFound');
      return { audience: `gates:${id}`, snapshot: null };
    },
    broadcast: async (actor, { id }) => {
      await this.broadcasts.requireVisible(actor, id);
      return { audience: `broadcast:${id}`, snapshot: { kind: 'broadcast', id } };
    },
    queue: async (actor, { id }) => {
      await this.queues.requireVisible(actor, id);
      return { audience: `queue:${id}`, snapshot: { kind: 'queue', id } };
    },
    organisation: async (actor, { id }) => {
      if (!isMember(actor)) throw refusal(actor);
      if (actor.organisationId !== id) throw new DomainError('notFound');
      return { audience: `organisation:${id}`, snapshot: null };
    },
    reviewers: async (actor) => {
      if (!isOrganiser(actor) && actor.role !== 'platformAdmin') throw refusal(actor);
      return { audience: 'reviewers', snapshot: null };
    },
    account: async (actor) => {
      if (!('accountId' in actor)) throw refusal(actor);
      return { audience: `account:${actor.accountId}`, snapshot: null };
    },
  };

  constructor(private readonly fairs: Fairs, private readonly broadcasts: Broadcasts, private readonly queues: Queues) {}

  /** What this actor gets of a topic; throws if nothing. */
  admit(actor: Actor, topic: Topic): Promise<Admission> {
    const rule = this.rules[topic.kind] as Admit<TopicKind>;
    return rule(actor, topic);
  }
}

const refusal = (actor: Actor): DomainError => new DomainError(actor.role === 'anyone' ? 'unauthenticated' : 'forbidden');
