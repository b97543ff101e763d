import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Express } from 'express';
import { PROJECT_ROOT } from '../config/project.js';
import { DomainError } from '../errors/domain-error.js';
import { TAKES_FILE } from './upload.js';
import { docsPage, docsScript } from './docs-page.js';

/** Made when somebody first asks: it walks every controller and takes longer than a start should. */
export async function openApiDocument(app: NestExpressApplication): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger');
  const about = new DocumentBuilder()
    .setTitle('Fairwind 春风')
    .setDescription('Commands and questions by HTTP. Facts come by socket: /api/asyncapi.json. Errors have one shape: { error: { code, message, details?, requestId } }.')
    .setVersion('0.1.0')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, about);
  for (const operations of Object.values(document.paths)) for (const operation of Object.values(operations)) describeFile(operation as UploadOperation);
  return document;
}

interface UploadOperation {
  requestBody?: { required?: boolean; content: Record<string, { schema?: object }> };
  [TAKES_FILE]?: boolean;
}

/** The part `file` beside the parts of the body. */
function describeFile(operation: UploadOperation): void {
  if (!operation[TAKES_FILE]) return;
  delete operation[TAKES_FILE];
  const body = operation.requestBody?.content['multipart/form-data']?.schema;
  const file = { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] };
  operation.requestBody = { required: true, content: { 'multipart/form-data': { schema: body ? { allOf: [body, file] } : file } } };
}

/** The socket's document, which the build makes of libs/contracts (infra/asyncapi/asyncapi.mjs). */
async function asyncApiDocument(): Promise<string> {
  try {
    return await readFile(path.join(PROJECT_ROOT, 'dist', 'asyncapi.json'), 'utf8');
  } catch (cause) {
    throw new DomainError('notFound', {}, cause);
  }
}

/** `/api/openapi.json`, `/api/asyncapi.json`, and `/api/docs` to look at the first. Nothing is fetched from elsewhere. */
export function serveDocuments(app: NestExpressApplication): void {
  let document: Promise<OpenAPIObject> | undefined;
  const http = app.getHttpAdapter().getInstance() as Express;
  http.get('/api/openapi.json', (_request, response, next) => {
    document ??= openApiDocument(app);
    document.then((content) => response.json(content), next);
  });
  http.get('/api/asyncapi.json', (_request, response, next) => {
    asyncApiDocument().then((content) => response.type('json').send(content), next);
  });
  http.get('/api/docs', (_request, response) => void response.type('html').send(docsPage));
  http.get('/api/docs/start.js', (_request, response) => void response.type('js').send(docsScript));
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    http.get(`/api/docs/${name}`, (_request, response) => response.sendFile(name, { root: swaggerAssets(), maxAge: '1d' }));
  }
}

/** Where the page's parts lie. Looked up when somebody opens it: at the start it costs a tenth of a second. */
function swaggerAssets(): string {
  const swagger = createRequire(import.meta.url).resolve('@nestjs/swagger');
  return path.dirname(createRequire(swagger).resolve('swagger-ui-dist/package.json'));
}
