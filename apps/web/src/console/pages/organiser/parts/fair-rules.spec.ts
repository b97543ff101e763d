import { lateFor } from './fair-rules.js';

const fair = { startsAt: '2026-03-07T01:00:00Z', endsAt: '2026-03-07T08:30:00Z' };
const at = (clock: string) => Date.parse(`2026-03-07T${clock}:00Z`);

describe('a fair', () => {
  it('is late for its opening from its first minute on, and for its end from its last', () => {
    expect(lateFor({ ...fair, status: 'published' }, at('00:59'))).toBeNull();
    expect(lateFor({ ...fair, status: 'published' }, at('01:00'))).toBe('open');
    expect(lateFor({ ...fair, status: 'open' }, at('08:29'))).toBeNull();
    expect(lateFor({ ...fair, status: 'open' }, at('08:30'))).toBe('close');
  });

  it.each(['draft', 'closed', 'archived', 'cancelled'] as const)('that is %s waits for nobody', (status) => {
    expect(lateFor({ ...fair, status }, at('12:00'))).toBeNull();
  });
});
