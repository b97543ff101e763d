import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { refuseHostile } from '#libs/platform';
import { seed } from '../../../test/support/runs.js';
import { isScan } from './scan-shape.js';
import { ScanDto } from './scans.dto.js';

/** As the pipes of the route check it. */
function accepted(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  try {
    refuseHostile(body, '', new Set(['code']));
  } catch {
    return false;
  }
  return validateSync(plainToInstance(ScanDto, body), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }).length === 0;
}

const odd = fc.oneof(fc.constantFrom(null, '', 0, 1, 500, 501, 1.5, -1, true, [], {}, 'entry', 'exit', '2026-02-30T01:00:00Z', '2026-03-07T01:00Z', '1899-12-31T00:00:00Z', 'x'.repeat(513), '字'.repeat(512), 'a\0b', 'a\ud800'), fc.string(), fc.uuid(), fc.jsonValue());
const plain = fc.record({
  id: fc.oneof(fc.uuid(), fc.uuid().map((id) => id.toUpperCase())),
  direction: fc.constantFrom('entry', 'exit'),
  code: fc.string({ maxLength: 520, unit: 'binary' }),
  happenedAt: fc.date({ min: new Date('1901-01-01'), max: new Date('2199-01-01'), noInvalidDate: true }).map((at) => at.toISOString()),
  count: fc.integer({ min: -1, max: 600 }),
  leaseId: fc.uuid(),
}, { requiredKeys: ['id', 'direction', 'code', 'happenedAt'] });
/** A good one of which one field is something else, or which has one more. */
const spoilt = fc.tuple(plain, fc.constantFrom('id', 'direction', 'code', 'happenedAt', 'count', 'leaseId', 'admin', '__proto__', 'constructor'), odd)
  .map(([scan, field, value]) => JSON.parse(`${JSON.stringify(scan).slice(0, -1)},${JSON.stringify(field)}:${JSON.stringify(value)}}`) as unknown);

describe('the shape of a scan', () => {
  it('lets nothing through that the DTO refuses', () => {
    fc.assert(fc.property(fc.oneof(plain, spoilt, odd), (body) => { if (isScan(body)) expect(accepted(body)).toBe(true); }), { seed, numRuns: 3_000 });
  });

  it('knows what gates send', () => {
    fc.assert(fc.property(plain, (body) => { expect(isScan(body)).toBe(accepted(body)); }), { seed, numRuns: 500 });
  });
});
