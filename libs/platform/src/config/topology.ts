import { mediaListenProblems } from './media-listens.js';
import type { Settings } from './settings.js';

/** Shapes that cannot work, each with a sentence that says what to set. What only the database can tell: database/lease.ts. */
export function topologyProblems(settings: Settings): string[] {
  const { role, databaseUrl, redisUrl, tlsCert, tlsKey, lan, s3Bucket, s3KeyId, s3Secret, s3Endpoint, dataKey, hashKey, tokenKey, smsToken, smsUrl, turnUrls, turnSecret } = settings;
  const problems: string[] = [];
  if (role !== 'all' && (databaseUrl === null || redisUrl === null)) {
    problems.push(`apps/${role} is one process of several, which meet in PostgreSQL and Redis: set DATABASE_URL and REDIS_URL, or start apps/all (npm start).`);
  } else if (redisUrl !== null && databaseUrl === null) {
    problems.push('REDIS_URL joins several processes, and the embedded database belongs to one: set DATABASE_URL too, or leave REDIS_URL out.');
  }
  if ((tlsCert === null) !== (tlsKey === null)) problems.push('TLS_CERT and TLS_KEY belong together: set both.');
  if (s3Bucket === null && (s3KeyId !== null || s3Secret !== null || s3Endpoint !== null)) problems.push('FAIRWIND_S3_… is set without a bucket: set FAIRWIND_S3_BUCKET.');
  if ((s3KeyId === null) !== (s3Secret === null)) problems.push('FAIRWIND_S3_KEY_ID and FAIRWIND_S3_SECRET belong together: set both.');
  if (smsToken !== null && smsUrl === null) problems.push('FAIRWIND_SMS_TOKEN is set without an address: set FAIRWIND_SMS_URL.');
  if ((turnUrls === null) !== (turnSecret === null)) problems.push('FAIRWIND_TURN_URLS and FAIRWIND_TURN_SECRET belong together: set both.');
  if (dataKey !== null && dataKey === hashKey) problems.push('FAIRWIND_DATA_KEY and FAIRWIND_HASH_KEY must differ: whoever can look people up must not be able to read them.');
  if (redisUrl !== null && databaseUrl !== null && !settings.sharedDataDir && (dataKey === null || hashKey === null || tokenKey === null)) {
    problems.push('Several processes need the same keys: set FAIRWIND_DATA_KEY, FAIRWIND_HASH_KEY and FAIRWIND_TOKEN_KEY (`openssl rand -hex 32` makes one).');
  }
  if (lan && settings.publicUrl?.startsWith('http:')) problems.push('--lan serves https: PUBLIC_URL must begin with https://, or be left out.');
  problems.push(...mediaListenProblems(settings));
  return problems;
}
