import type { Licence } from '#libs/contracts';
import { isGood, needsPaper, standingOf } from './licence';

const today = '2026-03-07';
const licence = (status: Licence['status'], expiresOn = '2030-12-31'): Licence => ({
  id: `${status}${expiresOn}`, organisationId: 'o', organisationName: '海峤精密', number: 'YZ1', expiresOn, expired: expiresOn < today, status, reason: status === 'rejected' ? '照片不清' : null,
  createdAt: '2026-03-01T00:00:00.000Z', reviewedAt: status === 'pending' ? null : '2026-03-02T00:00:00.000Z', file: { name: '执照.png', mediaType: 'image/png', size: 1 },
});
/** Newest first, as the server gives them. */
const standing = (...licences: Licence[]) => standingOf(licences, today);

describe('how an employer stands with its licences', () => {
  it.each([
    ['none', [], 'missing', true],
    ['one that waits', [licence('pending')], 'pending', false],
    ['one that was refused', [licence('rejected')], 'refused', true],
    ['a new one after a refusal', [licence('pending'), licence('rejected')], 'pending', false],
    ['a good one', [licence('approved')], 'approved', false],
    ['a good one, though a newer was refused', [licence('rejected'), licence('approved')], 'approved', false],
    ['an expired one', [licence('approved', '2026-03-06')], 'expired', true],
    ['an expired one and one that waits', [licence('pending'), licence('approved', '2026-03-06')], 'expired', false],
    ['an expired one and one that was refused since', [licence('rejected'), licence('approved', '2026-03-06')], 'refused', true],
    ['one that ends today', [licence('approved', today)], 'soon', true],
    ['one that ends soon, and the next waits', [licence('pending'), licence('approved', '2026-03-20')], 'soon', false],
  ] as const)('%s', (_, licences, kind, paper) => {
    const found = standing(...licences);
    expect(found.kind).toBe(kind);
    expect(needsPaper(found)).toBe(paper);
    expect(isGood(found)).toBe(kind === 'approved' || kind === 'soon');
  });

  it('warns thirty days before, and counts the days', () => {
    expect(standing(licence('approved', '2026-04-06'))).toMatchObject({ kind: 'soon', days: 30 });
    expect(standing(licence('approved', '2026-04-07'))).toMatchObject({ kind: 'approved', days: 31 });
    expect(standing(licence('approved', today))).toMatchObject({ days: 0 });
  });
});
