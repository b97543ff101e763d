/** An employer's booth at a fair that is open, made through the API alone. */
import type { Fair } from '#libs/contracts';
import type { Bureau, Employer, World } from './world.js';

export interface BoothOf { bureau: Bureau; employer: Employer; fair: Fair; boothId: string }

/** Lays a booth out in the fair's first zone and lets the employer have it. @returns its id */
export async function boothAt(fair: Fair, bureau: Bureau, employer: Employer): Promise<string> {
  const params = { fairId: fair.id };
  const [booth] = await bureau.admin.call('POST /fairs/:fairId/booths/lay-out', { params, body: { zoneId: fair.zones[0]!.id, count: 1 } });
  const application = await employer.admin.call('POST /fairs/:fairId/booth-applications', { params, body: { contactName: '林人事' } });
  await bureau.admin.call('POST /booth-applications/:boothApplicationId/decision', { params: { boothApplicationId: application.id }, body: { approved: true, boothId: booth!.id } });
  return booth!.id;
}

/** A bureau with an open fair, and a new employer whose licence was approved at a booth of it. @param name the employer's */
export async function boothFor(world: World, name?: string): Promise<BoothOf> {
  const bureau = await world.bureau();
  const employer = await world.employer(name);
  await world.verify(employer, bureau);
  const { fair } = await world.openFair(bureau);
  return { bureau, employer, fair, boothId: await boothAt(fair, bureau, employer) };
}
