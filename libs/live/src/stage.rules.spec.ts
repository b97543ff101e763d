import fc from 'fast-check';
import { handStatuses, type HandStatus } from '#libs/contracts';
import { runs } from '../../../test/support/runs.js';
import { after, INVITATION, isUp, placeOf, queue, STAGE_PLACES, stillInvited, takesPlace, type HandStep } from './stage.rules.js';

const steps: HandStep[] = ['invite', 'accept', 'decline', 'leave', 'takeOff', 'expire'];

describe('a hand', () => {
  it('knows its steps, and no others', () => {
    expect(steps.flatMap((step) => handStatuses.flatMap((from) => (after(from, step) ? [`${from} ${step} ${after(from, step)}`] : [])))).toEqual([
      'raised invite invited', 'invited accept onStage', 'invited decline declined', 'raised leave lowered', 'invited leave declined', 'onStage leave left',
      'raised takeOff lowered', 'invited takeOff lowered', 'onStage takeOff left', 'invited expire declined',
    ]);
  });

  it('comes on stage by the person’s own yes and no other way', () => {
    const ways = steps.flatMap((step) => handStatuses.filter((from) => after(from, step) === 'onStage').map((from) => `${from} ${step}`));
    expect(ways).toEqual(['invited accept']);
  });

  it('is asked for a minute', () => {
    const asked = new Date('2026-03-07T01:00:00Z');
    expect(stillInvited(asked, new Date(asked.getTime() + INVITATION - 1))).toBe(true);
    expect(stillInvited(asked, new Date(asked.getTime() + INVITATION))).toBe(false);
    expect(stillInvited(null, asked)).toBe(false);
  });
});

describe('the queue', () => {
  it('is in the order of raising, whatever happens to others', () => {
    const act = fc.record({ step: fc.constantFrom<HandStep | 'raise'>('raise', ...steps), who: fc.nat({ max: 7 }) });
    fc.assert(fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const hands: { id: string; person: number; status: HandStatus; raisedAt: Date }[] = [];
      for (const [n, { step, who }] of acts.entries()) {
        const own = hands.find((hand) => hand.person === who && isUp(hand.status));
        const before = queue(hands).map(({ id }) => id);
        if (step === 'raise') {
          // Several in the same millisecond, too.
          if (!own) hands.push({ id: String(n).padStart(3, '0'), person: who, status: 'raised', raisedAt: new Date(Math.floor(n / 3)) });
        } else if (own && !(step === 'invite' && hands.filter(({ status }) => takesPlace(status)).length >= STAGE_PLACES)) {
          own.status = after(own.status, step) ?? own.status;
        }
        const now = queue(hands).map(({ id }) => id);
        // Nobody who waits is overtaken, and whoever comes stands last.
        expect(now.filter((id) => before.includes(id))).toEqual(before.filter((id) => now.includes(id)));
        if (now.length > before.length) expect(before).toEqual(now.slice(0, -1));
        expect(now.map((id) => placeOf(hands, id))).toEqual(now.map((_, place) => place + 1));
        expect(hands.filter(({ status }) => status === 'onStage').length).toBeLessThanOrEqual(STAGE_PLACES);
        for (let person = 0; person < 8; person += 1) expect(hands.filter((hand) => hand.person === person && isUp(hand.status)).length).toBeLessThanOrEqual(1);
      }
    }), runs(200, 3_000));
  });
});
