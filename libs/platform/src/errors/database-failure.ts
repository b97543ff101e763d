import { types } from 'node:util';
import type { ErrorCode } from '#libs/contracts';
import { Prisma } from '../database/models.js';
import { DomainError } from './domain-error.js';

/** Prisma's codes that are no fault of the program (https://www.prisma.io/docs/orm/reference/error-reference). */
const BY_CODE: Partial<Record<string, ErrorCode>> = {
  P1001: 'unavailable', // cannot be reached
  P1002: 'unavailable',
  P1008: 'unavailable', // took too long
  P1017: 'unavailable', // closed the connection
  P2002: 'conflict', // unique: somebody was faster
  P2003: 'conflict', // what it points to has just gone, or is still pointed to
  P2014: 'conflict',
  P2024: 'unavailable', // no connection became free
  P2025: 'notFound',
  P2028: 'unavailable', // a transaction did not start or end in time
  P2034: 'unavailable', // lost against others too often
  P2037: 'unavailable', // too many connections
};

const LOST_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', '08006', '08001', '08003']);

/** The same as the adapter names it, which then keeps no code (`kind` of @prisma/driver-adapter-utils). */
const NO_CONNECTION = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections', 'TlsConnectionError']);

/** What the driver says of a connection that went, or that none became free; it has no code for it. */
const CUT = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** The refusal that an error of the database means; null when it is a fault of ours, or no error of the database. */
export function databaseFailure(error: unknown): DomainError | null {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const code = BY_CODE[error.code];
    if (code) return new DomainError(code, {}, error);
    const { driverAdapterError } = (error.meta ?? {}) as { driverAdapterError?: { cause?: { kind?: string; originalCode?: string } } };
    const { kind, originalCode } = driverAdapterError?.cause ?? {};
    return isLost(originalCode) || NO_CONNECTION.has(String(kind)) ? new DomainError('unavailable', {}, error) : null;
  }
  if (error instanceof Prisma.PrismaClientInitializationError) return new DomainError('unavailable', {}, error);
  if (types.isNativeError(error) && (isLost((error as { code?: unknown }).code) || CUT.test(error.message))) return new DomainError('unavailable', {}, error);
  return null;
}

const isLost = (code: unknown): boolean => LOST_CONNECTION.has(String(code));
