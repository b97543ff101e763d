import { applyDecorators, createParamDecorator, UseInterceptors, type ExecutionContext } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiConsumes, ApiExtension } from '@nestjs/swagger';
import { DomainError } from '../errors/domain-error.js';

export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Marks a route for the API document, which adds the part `file` to what it says of the body. */
export const TAKES_FILE = 'x-takes-file';

/** A file that came with a request: the multipart part `file`. */
export interface UploadedFile {
  name: string;
  mediaType: string;
  bytes: Buffer;
}

/** The route takes multipart with one part `file` of at most 10 MB; the other parts are the body. */
export const FileUpload = (): MethodDecorator =>
  applyDecorators(
    UseInterceptors(FileInterceptor('file', { limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 40, fieldSize: 64 * 1024 } })),
    ApiConsumes('multipart/form-data'),
    ApiExtension(TAKES_FILE, true),
  );

/** The parameter that gets it. Throws `validationFailed` when the part is missing. */
export const Uploaded = createParamDecorator((_: unknown, context: ExecutionContext): UploadedFile => {
  const { file } = context.switchToHttp().getRequest<{ file?: { originalname: string; mimetype: string; buffer: Buffer } }>();
  if (!file) throw new DomainError('validationFailed', { fields: [{ field: 'file', problems: ['a file is required'] }] });
  return { name: Buffer.from(file.originalname, 'latin1').toString('utf8'), mediaType: file.mimetype, bytes: file.buffer };
});
