import type { OrganisationKind } from '#libs/contracts';

/** The province of a GB/T 2260 code: its first two digits. */
export const provinceOf = (regionCode: string): string => regionCode.slice(0, 2);

export interface Placed { kind: OrganisationKind; regionCode: string }

/**
 * Whether a bureau looks after this organisation: it is an employer or a station of the bureau's province, whatever the
 * bureau's own level. The whole province, because 山海协作 brings coastal employers to the fairs of mountain counties, and
 * any of those bureaus must be able to see and verify them. Bureaus do not look after bureaus; a platform administrator does.
 */
export function looksAfter(bureau: Placed, organisation: Placed): boolean {
  return bureau.kind === 'organiser' && organisation.kind !== 'organiser' && provinceOf(bureau.regionCode) === provinceOf(organisation.regionCode);
}
