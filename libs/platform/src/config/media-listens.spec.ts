import { mediaListenProblems, mediaListens } from './media-listens.js';
import { Settings } from './settings.js';

const settings = (more: Partial<Settings>): Settings => Object.assign(new Settings(), more);
const listens = (more: Partial<Settings>) => mediaListens(settings(more)).map(({ address, announced }) => [address, announced]);
const problems = (more: Partial<Settings>) => mediaListenProblems(settings(more));

describe('where media listens', () => {
  it.each<[string, Partial<Settings>, string[][]]>([
    ['everywhere, and loopback is told', {}, [['0.0.0.0', '127.0.0.1']]],
    ['everywhere, and the LAN’s address is told', { announcedAddress: '192.168.1.9' }, [['0.0.0.0', '192.168.1.9']]],
    ['where the pages are, if that is an address', { host: '10.0.0.5' }, [['10.0.0.5', '10.0.0.5']]],
    ['everywhere, if that is a name', { host: 'localhost' }, [['0.0.0.0', '127.0.0.1']]],
    ['on one, told as another', { mediaHost: '10.0.0.5', mediaAddress: 'media.example.cn' }, [['10.0.0.5', 'media.example.cn']]],
    ['on IPv4 and IPv6, each told as itself', { mediaHost: '10.0.0.5, 2001:db8::5' }, [['10.0.0.5', '10.0.0.5'], ['2001:db8::5', '2001:db8::5']]],
    ['on all of both, each told as the public one', { mediaHost: '0.0.0.0,::', mediaAddress: '203.0.113.5, 2001:db8::5' }, [['0.0.0.0', '203.0.113.5'], ['::', '2001:db8::5']]],
    ['on all of IPv4 and one of IPv6', { mediaHost: '0.0.0.0,2001:db8::5' }, [['0.0.0.0', '127.0.0.1'], ['2001:db8::5', '2001:db8::5']]],
    ['on IPv6 alone', { mediaHost: '::' }, [['::', '127.0.0.1']]],
  ])('%s', (_, more, expected) => {
    expect(listens(more)).toEqual(expected);
    expect(problems(more)).toEqual([]);
  });

  it.each<[string, Partial<Settings>, RegExp]>([
    ['what is no address', { mediaHost: '1.2.3' }, /“1.2.3” is none/],
    ['an address twice', { mediaHost: '10.0.0.5,10.0.0.5' }, /twice/],
    ['all and one of them', { mediaHost: '0.0.0.0,10.0.0.5' }, /all addresses of IPv4 and one of them/],
    ['fewer told than listened on', { mediaHost: '10.0.0.5,2001:db8::5', mediaAddress: '203.0.113.5' }, /names 1, and media listens on 2 \(10\.0\.0\.5, 2001:db8::5\)/],
    ['more told than listened on', { mediaAddress: '203.0.113.5,2001:db8::5' }, /names 2, and media listens on 1/],
    ['all of IPv6 beside IPv4, with nothing to tell', { mediaHost: '0.0.0.0,::' }, /say in FAIRWIND_MEDIA_ADDRESS/],
    ['the other family told', { mediaHost: '0.0.0.0,::', mediaAddress: '2001:db8::5,203.0.113.5' }, /announces 2001:db8::5 for 0\.0\.0\.0/],
  ])('refuses %s', (_, more, sentence) => {
    expect(problems(more).join('\n')).toMatch(sentence);
  });
});
