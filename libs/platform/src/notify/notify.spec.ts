import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { testModule, type TestModule } from '../../../../test/support/module.js';
import { setLogLevel } from '../logging/log.js';
import { newId } from '../database/id.js';
import { Notify, type TextMessage } from './notify.js';

interface Arrival { headers: IncomingHttpHeaders; body: { id: string; phone: string; text: string; sender: string } }
const arrivals: Arrival[] = [];
/** What the provider answers next; 200 when there is nothing left. */
const answers: number[] = [];
const provider = createServer(async (request, response) => {
  const body = await text(request);
  arrivals.push({ headers: request.headers, body: JSON.parse(body) as Arrival['body'] });
  response.writeHead(answers.shift() ?? 200).end('{}');
});
let testing: TestModule;
let notify: Notify;
beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as AddressInfo;
  testing = await testModule({}, { smsUrl: `http://127.0.0.1:${port}/send`, smsToken: 'secret', smsSender: '云岭人社' });
  setLogLevel('silent');
  notify = testing.module.get(Notify);
}, 60_000);
afterAll(async () => {
  await testing.close();
  provider.close();
});
beforeEach(() => {
  arrivals.length = 0;
  answers.length = 0;
  notify.pauseSeconds = 2;
});

const send = (message: TextMessage) => testing.database.transaction((tx) => notify.sms(tx, message));
const row = (cause: string) => testing.database.read.message.findUniqueOrThrow({ where: { cause } });
async function settled(cause: string) {
  for (const since = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const message = await row(cause);
    if (message.status !== 'waiting') return message;
    if (Date.now() - since > 15_000) throw new Error(`still waiting after ${message.attempts} attempts: ${message.error}`);
  }
}

it('sends a message, signed and with its id as the key', async () => {
  await send({ cause: 'one', phone: '+8613800001234', text: '验证码 123456' });
  const message = await settled('one');
  expect(message).toMatchObject({ status: 'sent', attempts: 1 });
  expect(arrivals[0].headers).toMatchObject({ authorization: 'Bearer secret', 'idempotency-key': message.id, 'content-type': 'application/json' });
  expect(arrivals[0].body).toEqual({ id: message.id, phone: '+8613800001234', text: '【云岭人社】验证码 123456', sender: '云岭人社' });
});

it('tries again after two failures, under the same key, and then keeps nothing of it', async () => {
  answers.push(500, 503);
  notify.pauseSeconds = 0.2;
  await send({ cause: 'fails twice', phone: '+8613800001234', text: '改期了' });
  expect(await settled('fails twice')).toMatchObject({ status: 'sent', attempts: 3, phoneSealed: null, textSealed: null });
  expect(arrivals).toHaveLength(3);
  expect(new Set(arrivals.map(({ body }) => body.id)).size).toBe(1);
}, 20_000);

it('gives up what the provider will never take', async () => {
  answers.push(400);
  await send({ cause: 'bad number', phone: '+8613800001234', text: 'x' });
  expect(await settled('bad number')).toMatchObject({ status: 'failed', attempts: 1, error: 'status 400', phoneSealed: null });
});

it('gives up what cannot be read, like what is never taken, and sends the others meanwhile', async () => {
  await testing.database.read.message.create({ data: { id: newId(), cause: 'unreadable', phoneSealed: new Uint8Array(40), textSealed: new Uint8Array(40), attempts: 7 } });
  await send({ cause: 'readable', phone: '+8613800001234', text: 'x' });
  expect((await settled('readable')).status).toBe('sent');
  expect(await settled('unreadable')).toMatchObject({ status: 'failed', attempts: 8, phoneSealed: null, textSealed: null, error: expect.any(String) });
});

it('sends one cause once, and nothing of a transaction that was rolled back', async () => {
  await send({ cause: 'twice', phone: '+8613800001234', text: 'a' });
  await send({ cause: 'twice', phone: '+8613800001234', text: 'b' });
  await expect(testing.database.transaction(async (tx) => {
    await notify.sms(tx, { cause: 'rolled back', phone: '+8613800001234', text: 'c' });
    throw new Error('no');
  })).rejects.toThrow();
  await settled('twice');
  expect(arrivals.map(({ body }) => body.text)).toEqual(['【云岭人社】a']);
});

it('keeps neither number nor text readable while it waits', async () => {
  answers.push(500);
  await send({ cause: 'sealed', phone: '+8613900005678', text: '机密内容' });
  const { phoneSealed, textSealed } = await row('sealed');
  expect(Buffer.from(phoneSealed ?? []).toString('latin1')).not.toContain('13900005678');
  expect(Buffer.from(textSealed ?? []).includes(Buffer.from('机密'))).toBe(false);
  await settled('sealed');
}, 20_000);
