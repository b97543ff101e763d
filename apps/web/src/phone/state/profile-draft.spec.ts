import type { Profile, UpdateProfile } from '#libs/contracts';
import { afterAnswer, useProfileDraft } from './profile-draft';

const before: Profile = { name: '', phoneMasked: '139****5678', regionCode: null, experienceYears: null, education: '', wish: '', cv: null };

/** A server that answers when it is told to, in the order that it was asked. */
function slowServer() {
  let stored = before;
  const asked: UpdateProfile[] = [];
  const waiting: (() => void)[] = [];
  return {
    asked,
    send: (body: UpdateProfile) => new Promise<Profile>(resolve => {
      asked.push(body);
      stored = { ...stored, ...body };
      const answer = stored;
      waiting.push(() => resolve(answer));
    }),
    async answer() {
      waiting.shift()!();
      await new Promise(done => setTimeout(done));
    },
  };
}
const settled = () => new Promise(done => setTimeout(done));

describe('a draft of the profile', () => {
  it('takes the server’s word, but not over what was touched', () => {
    const draft = { name: '李', education: '高中', experienceYears: 1, wish: '', regionCode: null };
    const answer = { name: '李来福', education: '', experienceYears: 3, wish: '装配', regionCode: '350102' };
    expect(afterAnswer(draft, answer, new Set(['education']))).toEqual({ ...answer, education: '高中' });
  });

  it('keeps what is typed while a save is on its way, in the same field and in another', async () => {
    const server = slowServer();
    const { draft, touch, take, save } = useProfileDraft(server.send);
    take(before);
    touch('name', '李来');
    const first = save('name');
    await settled();
    touch('name', '李来福');
    touch('wish', '装配');
    await server.answer();
    expect(await first).toBe(true);
    expect(draft).toMatchObject({ name: '李来福', wish: '装配' });
    const second = save('name');
    const third = save('wish');
    await settled();
    expect(server.asked).toEqual([{ name: '李来' }, { name: '李来福' }]); // one at a time
    await server.answer();
    await server.answer();
    await Promise.all([second, third]);
    expect(server.asked.at(-1)).toEqual({ wish: '装配' });
    expect(draft).toMatchObject({ name: '李来福', wish: '装配' });
  });

  it('asks nothing when nothing changed, and goes on after a refusal', async () => {
    let refuse = true;
    const { draft, touch, take, save } = useProfileDraft(async body => {
      if (refuse) throw new Error('refused');
      return { ...before, ...body };
    });
    take(before);
    expect(await save('wish')).toBe(false);
    touch('wish', '装配');
    await expect(save('wish')).rejects.toThrow('refused');
    expect(draft.wish).toBe('装配');
    refuse = false;
    expect(await save('wish')).toBe(true);
  });
});
