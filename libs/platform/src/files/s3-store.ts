import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Settings } from '../config/settings.js';
import type { FileStore } from './file-store.js';

/** Files in a bucket of S3 or of something that speaks like it. The SDK is loaded with the first file. */
export class S3Store implements FileStore {
  private made: Promise<{ sdk: typeof import('@aws-sdk/client-s3'); client: S3Client }> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly bucket: string,
  ) {}

  async put(key: string, bytes: Buffer, mediaType: string): Promise<void> {
    const { sdk, client } = await this.sdk();
    await client.send(new sdk.PutObjectCommand({ Bucket: this.bucket, Key: key, Body: bytes, ContentLength: bytes.length, ContentType: mediaType }));
  }

  async get(key: string): Promise<Readable | null> {
    const { sdk, client } = await this.sdk();
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return Body as Readable;
    } catch (error) {
      if (error instanceof sdk.NoSuchKey) return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    const { sdk, client } = await this.sdk();
    await client.send(new sdk.DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }

  async *list(folder?: string): AsyncIterable<{ key: string; at: Date }> {
    const { sdk, client } = await this.sdk();
    for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket: this.bucket, ...(folder !== undefined && { Prefix: `${folder}/` }) })) {
      for (const { Key, LastModified } of page.Contents ?? []) if (Key && LastModified) yield { key: Key, at: LastModified };
    }
  }

  private sdk() {
    this.made ??= import('@aws-sdk/client-s3').then((sdk) => {
      const { s3Region, s3Endpoint, s3KeyId, s3Secret } = this.settings;
      const client = new sdk.S3Client({
        region: s3Region,
        // Servers other than Amazon's name a bucket by path, and not all know the newer checksums.
        ...(s3Endpoint !== null && { endpoint: s3Endpoint, forcePathStyle: true }),
        requestChecksumCalculation: 'WHEN_REQUIRED',
        ...(s3KeyId !== null && s3Secret !== null && { credentials: { accessKeyId: s3KeyId, secretAccessKey: s3Secret } }),
      });
      return { sdk, client };
    });
    return this.made;
  }
}
