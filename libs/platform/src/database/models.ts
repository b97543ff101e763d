/** The generated names that the rest of the code may use: types of rows, enums, `Prisma` for raw SQL. Not the client itself. */
export { Prisma } from '../../../../prisma/generated/client.js';
export type * from '../../../../prisma/generated/client.js';
export * from '../../../../prisma/generated/enums.js';
