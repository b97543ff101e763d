/** Input that nobody should send: valid by the OpenAPI document but for one field, or not valid at all. */
import fc from 'fast-check';

export interface Schema {
  type?: string; format?: string; enum?: unknown[]; items?: Schema; properties?: Record<string, Schema>; required?: string[];
  minLength?: number; maxLength?: number; minimum?: number; maximum?: number; pattern?: string; nullable?: boolean;
  allOf?: Schema[]; oneOf?: Schema[]; anyOf?: Schema[]; $ref?: string;
}
export interface Parameter { name: string; in: 'path' | 'query' | 'header' | 'cookie'; required?: boolean; schema?: Schema }
export interface Operation { operationId?: string; parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } }
export interface OpenApi { paths: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, Schema> } }

export interface Request { path: string; query: [string, string][]; body: unknown }

/** Things that break programs which trust their input. */
export const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null, '', ' ', '\u0000', 'a\u0000b', '\uD800', '１２３', '😀'.repeat(50), '../../etc/passwd', "'; DROP TABLE \"Fair\"; --", '<script>alert(1)</script>',
    '%00', '%', '{{7*7}}', '-1', '1e309', 'NaN', '2026-02-30', '2026-02-30T25:61:00Z', '0000-00-00T00:00:00Z', '+275760-09-13T00:00:00.001Z',
    -1, 0, 0.5, 1e21, -1e21, 2 ** 31, 2 ** 53, 2 ** 63, true, [], {}, [[]], [null], { $ne: null }, { toString: 1 }, { length: 1e9 },
  ),
  fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }), fc.double(), fc.integer(), fc.boolean(),
  fc.array(fc.jsonValue(), { maxLength: 3 }), fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'id', 'x'), fc.jsonValue(), { maxKeys: 3 }),
  fc.constant('长'.repeat(9_000)),
);

export class Inputs {
  constructor(private readonly document: OpenApi, private readonly ids: Record<string, string[]>) {}

  /** The fields that the document knows of a body. */
  described(schema: string): string[] {
    return Object.keys(this.document.components?.schemas?.[schema]?.properties ?? {}).sort();
  }

  private resolve(schema: Schema): Schema {
    if (schema.$ref) return this.resolve(this.document.components!.schemas![schema.$ref.split('/').at(-1)!]!);
    if (schema.allOf?.length === 1) return this.resolve(schema.allOf[0]!);
    return schema;
  }

  /** A value that the schema allows. Ids are mostly those of things that exist, so that calls get past the door. */
  valid(raw: Schema, name: string): fc.Arbitrary<unknown> {
    const schema = this.resolve(raw);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.type === 'array') return fc.array(this.valid(schema.items ?? {}, name.replace(/s$/, '')), { minLength: 1, maxLength: 3 });
    if (schema.type === 'object' || schema.properties) return this.object(schema);
    if (schema.type === 'boolean') return fc.boolean();
    if (name === 'latitude' || name === 'longitude') return fc.double({ min: 20, max: 89, noNaN: true });
    if (schema.type === 'number' || schema.type === 'integer') return fc.integer({ min: Math.max(schema.minimum ?? 1, 1), max: Math.min(schema.maximum ?? 500, 500) });
    return this.text(schema, name);
  }

  private text(schema: Schema, name: string): fc.Arbitrary<string> {
    const known = this.ids[name];
    if (known?.length) return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.uuid() });
    if (/Ids?$|^id$|Key$/.test(name) || schema.format === 'uuid') return fc.uuid();
    if (/At$/.test(name) || schema.format === 'date-time') return fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
    if (/Until$|On$|day/i.test(name) || schema.format === 'date') return fc.date({ min: new Date('2026-12-01'), max: new Date('2029-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    if (name === 'phone') return fc.integer({ min: 0, max: 99_999_999 }).map((n) => `138${String(n).padStart(8, '0')}`);
    if (name === 'regionCode' || name === 'parent') return fc.constantFrom('350100', '350102', '350000');
    if (name === 'code') return fc.constantFrom('20715530', 'FW1.AAAA', '123456');
    if (name === 'after') return fc.constant('');
    const sentence = fc.constantFrom('澜江春风招聘会', '一段普通的话，写给人看。', 'Spring wind 2026', '装配工（学徒可带）').map((words) => words.slice(0, schema.maxLength ?? 99));
    return fc.oneof({ weight: 5, arbitrary: sentence }, { weight: 1, arbitrary: fc.string({ minLength: schema.minLength ?? 2, maxLength: 12, unit: 'grapheme-ascii' }) });
  }

  private object(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
    const fields = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, this.valid(each, name)]));
    return fc.record(fields, { requiredKeys: schema.required ?? [] }) as fc.Arbitrary<Record<string, unknown>>;
  }

  /** A request that is right by the document. */
  request(path: string, operation: Operation): fc.Arbitrary<Request> {
    const parameters = operation.parameters ?? [];
    const inPath = parameters.filter((each) => each.in === 'path');
    const inQuery = parameters.filter((each) => each.in === 'query');
    const body = operation.requestBody?.content['application/json']?.schema;
    return fc.record({
      path: fc.tuple(...inPath.map(({ name, schema }) => this.valid(schema ?? {}, name))).map((values) =>
        inPath.reduce((text, { name }, n) => text.replace(`{${name}}`, encodeURIComponent(String(values[n]))), path)),
      query: fc.tuple(...inQuery.map(({ name, schema, required }) => fc.option(this.valid(schema ?? {}, name), { nil: undefined, freq: required ? 100 : 2 })))
        .map((values) => inQuery.flatMap(({ name }, n) => (values[n] === undefined ? [] : [[name, String(values[n])] as [string, string]]))),
      body: body ? this.valid(body, 'body') : fc.constant(undefined),
    });
  }

  /** The same, but one field is nasty, missing or too much. */
  offByOne(path: string, operation: Operation): fc.Arbitrary<Request> {
    return fc.tuple(this.request(path, operation), nasty, fc.nat(), fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add'))
      .map(([request, value, choice, how]) => {
        const body = structuredClone(request.body);
        const places = body && typeof body === 'object' ? fieldsOf(body as Record<string, unknown>) : [];
        const targets = [...places.map((place) => () => change(place, how, value)),
          ...request.query.map((pair) => () => { pair[1] = text(value); }),
          ...(/[0-9a-f-]{36}/.test(request.path) ? [() => { request.path = request.path.replace(/[0-9a-f-]{36}/, encode(value)); }] : []),
          ...(targetsUnknown(operation) ? [() => { request.query.push(['unknown', text(value)]); }] : [])];
        targets[choice % targets.length]?.();
        return { ...request, body };
      });
  }

  /** Anything at all. */
  anything(path: string): fc.Arbitrary<Request> {
    return fc.record({
      path: fc.array(nasty, { minLength: 3, maxLength: 3 }).map((values) => path.replace(/\{\w+\}/g, () => encode(values.pop()))),
      query: fc.array(fc.tuple(fc.string({ maxLength: 10 }), nasty.map(text)), { maxLength: 3 }),
      body: nasty,
    });
  }
}

const targetsUnknown = (operation: Operation) => (operation.parameters ?? []).every((each) => each.in !== 'cookie');

interface PlaceInBody { holder: Record<string, unknown>; key: string }

/** Every field of a body, nested ones too. */
function fieldsOf(holder: Record<string, unknown>): PlaceInBody[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(value && typeof value === 'object' ? fieldsOf(value as Record<string, unknown>) : []),
  ]);
}

function change({ holder, key }: PlaceInBody, how: string, value: unknown): void {
  if (how === 'remove') delete holder[key];
  else if (how === 'add') holder[`${key}Too`] = value;
  else holder[key] = value;
}

/** For an address: longer ones are Node's to refuse (431), which has a test of its own. */
const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')).slice(0, 200);
/** A path part; a lone surrogate cannot be encoded, and travels as the bytes that some client would send. */
const encode = (value: unknown): string => {
  try {
    return encodeURIComponent(text(value)).slice(0, 500) || '%20';
  } catch {
    return '%ED%A0%80';
  }
};
