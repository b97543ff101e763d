import { existsSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { LinkUses } from '#libs/identity';
import { Database, demoAccountsFile, Settings, type FirstStart } from '#libs/platform';

/** What happens on a database that holds nobody yet: the demo fair, or a link that makes the first administrator. */
export function firstStart(app: INestApplicationContext): FirstStart {
  const accounts = demoAccountsFile(app.get(Settings).dataDir);
  return {
    isEmpty: async () => (await app.get(Database).read.account.count()) === 0,
    demo: async (address) => {
      const { seedDemo } = await import('../../../prisma/seed.js'); // only ever needed once
      return seedDemo(app, address);
    },
    pages: (address) => [
      `  求职者 Candidates: ${address}/   工作台 Console: ${address}/console   门岗 Gates: ${address}/gate`,
      ...(existsSync(accounts) ? [`  演示账号和密码 Demo accounts: ${accounts}`] : []),
    ],
    administrator: async () => {
      const link = await app.get(LinkUses).firstAdministratorLink();
      return link ? [`Nobody can sign in yet. Make the first administrator (打开这个一次性链接设置管理员): ${link.url}`] : [];
    },
  };
}
