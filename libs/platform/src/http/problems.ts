import type { Language } from '#libs/contracts';

/** What class-validator's rules say, for a person. `{0}`, `{1}` are the numbers of its own English sentence. */
const sentences: Record<string, readonly [zh: string, en: string]> = {
  whitelistValidation: ['没有这一项。', 'There is no such field.'],
  unknownValue: ['读不懂。', 'It could not be read.'],
  isDefined: ['必填。', 'Required.'],
  isNotEmpty: ['必填。', 'Required.'],
  isString: ['要填文字。', 'Must be text.'],
  isInt: ['要填整数。', 'Must be a whole number.'],
  isNumber: ['要填数字。', 'Must be a number.'],
  isBoolean: ['要选是或否。', 'Must be yes or no.'],
  isArray: ['要填一个列表。', 'Must be a list.'],
  isObject: ['格式不对。', 'Must be an object.'],
  nestedValidation: ['格式不对。', 'Must be an object.'],
  isEnum: ['不在可选的范围里。', 'Not one of the choices.'],
  isIn: ['不在可选的范围里。', 'Not one of the choices.'],
  isUuid: ['编号不对。', 'Must be an id.'],
  isUUID: ['编号不对。', 'Must be an id.'],
  isInstant: ['时间不对，例如 2026-03-07T01:00:00.000Z。', 'Must be an instant such as 2026-03-07T01:00:00.000Z.'],
  isDay: ['日期不对，例如 2026-03-07。', 'Must be a day such as 2026-03-07.'],
  isCreditCode: ['统一社会信用代码不对，请核对 18 位。', 'Not a unified social credit code; check its 18 characters.'],
  isLoginName: ['要 3–64 个英文字母、数字或 . _ - @，以字母或数字开头。', 'Must be 3–64 letters, digits or . _ - @, and begin with a letter or digit.'],
  isUrl: ['网址不对。', 'Must be a web address.'],
  isEmail: ['邮箱不对。', 'Must be an e-mail address.'],
  min: ['不能小于 {0}。', 'At least {0}.'],
  max: ['不能大于 {0}。', 'At most {0}.'],
  minLength: ['至少 {0} 个字。', 'At least {0} characters.'],
  maxLength: ['最多 {0} 个字。', 'At most {0} characters.'],
  arrayMinSize: ['至少 {0} 项。', 'At least {0} of them.'],
  arrayMaxSize: ['最多 {0} 项。', 'At most {0} of them.'],
  arrayNotEmpty: ['至少要有一项。', 'At least one of them.'],
  arrayUnique: ['有重复的。', 'Some of them are there twice.'],
  matches: ['格式不对。', 'Not in the right form.'],
};

/** A rule's own sentence, without the field's name in front: `must be …`. */
const OWN = /\bmust\b.*$/s;
const CHINESE = /\p{Script=Han}/u;

/** One constraint that failed, as a sentence in a language. A rule with a sentence of its own in Chinese keeps it. */
export function problemIn(language: Language, rule: string, sentence: string): string {
  if (CHINESE.test(sentence)) return sentence;
  if (rule === 'isLength') return lengthProblem(language, sentence);
  // A hand-written message of `matches` says more than the table can.
  const known = rule === 'matches' && language === 'en' && !sentence.includes('regular expression') ? undefined : sentences[rule];
  if (!known) return language === 'zh' ? '没填对。' : (OWN.exec(sentence)?.[0] ?? sentence);
  const numbers = sentence.match(/-?\d+(\.\d+)?(?!.*\d)/s) ?? [];
  return known[language === 'zh' ? 0 : 1].replace('{0}', numbers[0] ?? '…');
}

/** `isLength` has a sentence for too short, one for too long, and one with both numbers for what is no text at all. */
function lengthProblem(language: Language, sentence: string): string {
  const [low, high] = sentence.match(/\d+/g)?.slice(-2) ?? ['…'];
  if (sentence.includes('longer than') && sentence.includes('shorter than')) return language === 'zh' ? `要 ${low}–${high} 个字。` : `${low} to ${high} characters.`;
  return problemIn(language, sentence.includes('longer than') ? 'minLength' : 'maxLength', high ?? low);
}
