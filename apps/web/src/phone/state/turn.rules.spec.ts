import { afterLast, turnIn, waitOf } from './turn.rules';

const waiting = [{ placeId: 'a', earliest: 60, latest: 300 }, { placeId: 'b', earliest: 400, latest: 900 }];

describe('a turn in the queue', () => {
  it('is counted from one, and is nobody’s who does not wait', () => {
    expect(turnIn({ waiting }, 'b')).toEqual({ position: 2, earliest: 400, latest: 900 });
    expect(turnIn({ waiting }, 'c')).toBeNull();
  });

  it('after the last waits longer than the last, and nothing is said without recruiters', () => {
    expect(afterLast({ waiting, recruiters: 2, minutesEach: 8, interviewing: [] })).toEqual({ earliest: 520, latest: 1260 });
    expect(afterLast({ waiting, recruiters: 0, minutesEach: 8, interviewing: [] })).toBeNull();
    expect(afterLast({ waiting: [], recruiters: 1, minutesEach: 8, interviewing: [] })).toEqual({ earliest: 0, latest: 60 });
    expect(afterLast({ waiting: [], recruiters: 1, minutesEach: 8, interviewing: ['x'] })).toEqual({ earliest: 0, latest: 720 });
  });
});

describe('a wait in words', () => {
  it('is never narrower than what was promised', () => {
    for (const [earliest, latest] of [[0, 61], [70, 130], [130, 140], [500, 1000], [1000, 1001], [4000, 5400], [5000, 9000], [9000, 9001]]) {
      const said = waitOf({ earliest, latest });
      const unit = said.kind === 'hours' ? 3600 : 60;
      expect('b' in said && said.b * unit >= latest).toBe(true);
      if ('a' in said) expect(said.a * unit <= earliest && said.a < said.b).toBe(true);
    }
  });

  it('is rounded as people speak', () => {
    expect(waitOf({ earliest: 0, latest: 30 })).toEqual({ kind: 'now' });
    expect(waitOf({ earliest: 20, latest: 290 })).toEqual({ kind: 'upTo', b: 5 });
    expect(waitOf({ earliest: 480, latest: 900 })).toEqual({ kind: 'minutes', a: 8, b: 15 });
    expect(waitOf({ earliest: 480, latest: 1150 })).toEqual({ kind: 'minutes', a: 5, b: 20 });
    expect(waitOf({ earliest: 5000, latest: 8000 })).toEqual({ kind: 'hours', a: 1, b: 2.5 });
    expect(waitOf({ earliest: -5, latest: -1 })).toEqual({ kind: 'now' });
  });
});
