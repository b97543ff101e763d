import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/**
 * An answer that the browser saves and never shows: RFC 6266 with the name in UTF-8 (RFC 8187). `return attachment(…)`
 * from a controller.
 */
export function attachment(name: string, mediaType: string, content: Readable | Uint8Array): StreamableFile {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const options = { type: mediaType, disposition: `attachment; filename="${plain}"; filename*=UTF-8''${full}` };
  return content instanceof Uint8Array ? new StreamableFile(content, options) : new StreamableFile(content, options);
}
