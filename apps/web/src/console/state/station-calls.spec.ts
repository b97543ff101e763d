import type { StationPerson } from '#libs/contracts';
import { callsOf } from './station-calls';

const person = (name: string, interviews: StationPerson['interviews'], places: object[] = []) => ({ id: name, name, interviews, places, bookings: [] }) as unknown as StationPerson;
const interview = (id: string, status: 'called' | 'running' | 'ended') => ({ id, status, organisationName: '海峤精密', decision: null });

it('calls at a station: the most urgent first, what runs after them, what is over not at all', () => {
  const calls = callsOf([
    person('甲', [interview('1', 'running'), interview('0', 'ended')]),
    person('乙', [interview('2', 'called')], [{ interviewId: '2', boothNumber: 'A-02', until: '2026-03-07T01:05:00.000Z', job: { title: '装配工' } }]),
    person('丙', [interview('3', 'called')], [{ interviewId: '3', boothNumber: 'A-01', until: '2026-03-07T01:03:00.000Z', job: null }]),
  ]);
  expect(calls.map(one => [one.name, one.boothNumber, one.job])).toEqual([['丙', 'A-01', ''], ['乙', 'A-02', '装配工'], ['甲', '', '']]);
});
