import { DomainError } from '#libs/platform';
import { Regions } from './regions.js';
import { looksAfter } from './review.rules.js';

describe('regions', () => {
  const regions = new Regions();

  it('begins with the provinces and goes down to counties', () => {
    expect(regions.list()).toHaveLength(34);
    expect(regions.list()).toContainEqual({ code: '350000', name: '福建省', hasChildren: true });
    expect(regions.list('350000').map((region) => region.name)).toEqual(['福州市', '厦门市', '莆田市', '三明市', '泉州市', '漳州市', '南平市', '龙岩市', '宁德市']);
    expect(regions.list('350400')).toContainEqual({ code: '350430', name: '建宁县', hasChildren: false });
  });

  it('hangs the districts of a municipality on it', () => {
    expect(regions.list('110000')).toContainEqual({ code: '110105', name: '朝阳区', hasChildren: false });
  });

  it('reaches every place, and no answer is long', () => {
    const walk = (parent?: string): number => regions.list(parent).reduce((sum, each) => sum + 1 + (each.hasChildren ? walk(each.code) : 0), 0);
    expect(walk()).toBeGreaterThan(3_200);
    const longest = (parent?: string): number => Math.max(regions.list(parent).length, ...regions.list(parent).filter((each) => each.hasChildren).map((each) => longest(each.code)));
    expect(longest()).toBeLessThan(50);
  });

  it('refuses codes that are no place', () => {
    expect(() => regions.list('990000')).toThrow(DomainError);
    expect(() => regions.require('359999')).toThrow(DomainError);
    expect(() => regions.require('350430')).not.toThrow();
  });
});

describe('who looks after whom', () => {
  const bureau = { kind: 'organiser', regionCode: '350430' } as const;
  it('is the province, whatever the bureau’s level', () => {
    expect(looksAfter(bureau, { kind: 'employer', regionCode: '350203' })).toBe(true);
    expect(looksAfter({ kind: 'organiser', regionCode: '350000' }, { kind: 'employer', regionCode: '350203' })).toBe(true);
    expect(looksAfter(bureau, { kind: 'employer', regionCode: '360100' })).toBe(false);
  });
  it('is never another bureau, and never an employer’s to do', () => {
    expect(looksAfter(bureau, { kind: 'organiser', regionCode: '350430' })).toBe(false);
    expect(looksAfter({ kind: 'employer', regionCode: '350430' }, { kind: 'employer', regionCode: '350430' })).toBe(false);
  });
});
