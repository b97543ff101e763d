import { Settings } from '../config/settings.js';
import { addressesOf } from './addresses.js';

const of = (settings: Partial<Settings>, secure = false, port = 3000) => addressesOf(Object.assign(new Settings(), settings), secure, port);

it('is this machine, on the port that is listened on', () => {
  expect(of({})).toEqual(['http://localhost:3000']);
  expect(of({}, true, 443)).toEqual(['https://localhost']);
  expect(of({ host: '::1' })).toEqual(['http://[::1]:3000']);
});

it('begins with what a phone in the hall can reach', () => {
  expect(of({ lan: true, lanAddress: '192.168.1.5' }, true)).toEqual(['https://192.168.1.5:3000', 'https://localhost:3000']);
  expect(of({ lan: true, lanAddress: '192.168.1.5', host: '127.0.0.1' }, true)).toEqual(['https://127.0.0.1:3000']);
});

it('begins with PUBLIC_URL where there is one', () => {
  expect(of({ publicUrl: 'https://fair.example.cn/' })).toEqual(['https://fair.example.cn', 'http://localhost:3000']);
});
