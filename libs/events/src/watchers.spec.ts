import { Watchers } from './watchers.js';

function heard(): { watchers: Watchers; told: string[] } {
  const told: string[] = [];
  const watchers = new Watchers();
  watchers.add('broadcast', { joined: (id, who) => void told.push(`+${id} ${who}`), left: (id, who) => void told.push(`-${id} ${who}`) });
  return { watchers, told };
}

describe('watchers', () => {
  it('tell a person’s first tab and the last one, by topic', () => {
    const { watchers, told } = heard();
    watchers.enter('broadcast:x', 'account:1');
    watchers.enter('broadcast:x', 'account:1');
    watchers.enter('broadcast:y', 'account:1');
    watchers.leave('broadcast:x', 'account:1');
    expect(told).toEqual(['+x account:1', '+y account:1']);
    watchers.leave('broadcast:x', 'account:1');
    watchers.leave('broadcast:x', 'account:1');
    expect(told).toEqual(['+x account:1', '+y account:1', '-x account:1']);
  });

  it('leave alone what nobody registered for, and have one watcher a kind', () => {
    const { watchers, told } = heard();
    watchers.enter('fair:x', 'account:1');
    watchers.leave('fair:x', 'account:1');
    expect(told).toEqual([]);
    expect(() => watchers.add('broadcast', { joined: () => {}, left: () => {} })).toThrow('already');
  });
});
