/** The studio of a broadcast, in a host's browser. */
import type { Page } from 'playwright-core';

/** From its first look at camera and microphone into the room. */
export async function enterStudio(page: Page): Promise<void> {
  await page.getByRole('button', { name: '打开摄像头和麦克风' }).click();
  await page.getByRole('button', { name: /^(进直播间|进去排练)$/ }).click({ timeout: 60_000 });
  await page.getByRole('toolbar', { name: '直播间' }).waitFor();
}

/** Answers the question that the page asks before a great thing. @param action the words of the yes */
export const confirm = (page: Page, action: string): Promise<void> => page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();

/** On air: begun, and the question answered. */
export async function goLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: '开播', exact: true }).click();
  await confirm(page, '开播');
}
