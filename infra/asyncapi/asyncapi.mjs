// `node infra/asyncapi/asyncapi.mjs [FILE]`: the socket's document (AsyncAPI 3.0), made of libs/contracts alone: the events with
// their docstrings, who may see each (by asking the compiled `audiences`), and the messages of the socket.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { JsonSchema } from './json-schema.mjs';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const contracts = path.join(ROOT, 'libs', 'contracts', 'src');
const compiled = path.join(ROOT, 'dist', 'libs', 'contracts', 'src', 'audiences.js');

const program = ts.createProgram([path.join(contracts, 'index.ts')], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  strict: true,
  noEmit: true,
  types: [],
});
const checker = program.getTypeChecker();
const schemas = new JsonSchema(checker);

/** @param {string} file of the contracts @param {string} name @returns {ts.Type} an exported type */
function exported(file, name) {
  const source = program.getSourceFile(path.join(contracts, file));
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  if (!symbol) throw new Error(`libs/contracts/src/${file} exports no ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

/** @param {(event: any) => string[]} decide @returns {string[]} its audiences, with `{fairId}` where an id stands */
function audienceOf(decide) {
  const data = new Proxy({}, { get: (_, name) => `{${String(name)}}` });
  return decide({ data });
}

/** @param {ts.Type} map an interface @returns {{ name: string, type: ts.Type, symbol: ts.Symbol }[]} its members */
const members = (map) => map.getProperties().map((symbol) => ({ name: symbol.name, type: checker.getTypeOfSymbol(symbol), symbol }));

/** @param {ts.Type} handler `(message, ack?) => void` @returns {ts.Type[]} what it takes */
const parameters = (handler) => handler.getCallSignatures()[0].getParameters().map((parameter) => checker.getTypeOfSymbol(parameter));

/** The message `event`, once for each fact. @param {Record<string, (event: any) => string[]>} audiences */
function eventMessages(audiences) {
  const envelope = schemas.object(exported('events.ts', 'AnyEnvelope').types?.[0] ?? exported('events.ts', 'AnyEnvelope'));
  const fields = /** @type {Record<string, unknown>} */ (envelope.properties);
  return members(exported('events.ts', 'EventMap')).map(({ name, type, symbol }) => {
    const payload = { ...envelope, properties: { ...fields, type: { const: name }, data: schemas.of(type) } };
    return [`event.${name}`, { name: 'event', title: name, ...schemas.described(symbol), payload, 'x-audiences': audienceOf(audiences[name]) }];
  });
}

/** @returns {Promise<object>} */
async function document() {
  const { audiences } = await import(pathToFileURL(compiled).href);
  const events = Object.fromEntries(eventMessages(audiences));
  const server = members(exported('sockets.ts', 'ServerToClient')).filter(({ name }) => name !== 'event');
  const client = members(exported('sockets.ts', 'ClientToServer'));
  const plain = [...server, ...client].map(({ name, type, symbol }) => [name, { name, ...schemas.described(symbol), payload: schemas.of(parameters(type)[0]) }]);
  const replies = client.map(({ name, type }) => [`${name}.ack`, { name: 'ack', payload: schemas.of(parameters(parameters(type)[1])[0]) }]);
  const messages = { ...events, ...Object.fromEntries(plain), ...Object.fromEntries(replies) };
  const inChannel = (/** @type {string} */ name) => ({ $ref: `#/channels/socket/messages/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` });
  const received = client.map(({ name, symbol }) => [
    name,
    { action: 'receive', channel: { $ref: '#/channels/socket' }, ...schemas.described(symbol), messages: [inChannel(name)], reply: { channel: { $ref: '#/channels/socket' }, messages: [inChannel(`${name}.ack`)] } },
  ]);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Fairwind 春风: sockets',
      version,
      description: 'Facts and pictures come down by socket.io; commands go by HTTP (/api/openapi.json). `x-audiences` says who may see an event.',
    },
    defaultContentType: 'application/json',
    channels: { socket: { address: '/socket.io/', title: 'The one socket of a client', messages } },
    operations: {
      tell: { action: 'send', channel: { $ref: '#/channels/socket' }, messages: [...Object.keys(events), ...server.map(({ name }) => name)].map(inChannel) },
      ...Object.fromEntries(received),
    },
    components: { schemas: schemas.named },
  };
}

const target = process.argv[2] ?? path.join(ROOT, 'dist', 'asyncapi.json');
mkdirSync(path.dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(await document(), null, 1)}\n`);
