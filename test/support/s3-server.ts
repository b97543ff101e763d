/** A server that speaks S3 (s3rver), with one bucket in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';

export interface S3Server { url: string; keyId: string; secret: string; stop(): Promise<void> }

export async function startS3(bucket: string): Promise<S3Server> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'fairwind-s3-'));
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: bucket, configs: [] }] });
  const { port } = await server.run();
  return {
    url: `http://127.0.0.1:${port}`, keyId: 'S3RVER', secret: 'S3RVER',
    async stop() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
