/**
 * The part of a GB/T 2260 code that all regions inside it share: 350000 (province) → 35, 350100 (city) → 3501,
 * 350102 (county) → itself.
 */
export const regionPrefix = (code: string): string => code.replace(/(00)+$/, '').padEnd(2, '0');
