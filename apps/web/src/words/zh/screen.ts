/** Words of the wall screen. */
const zh = {
  title: '春风·大屏',
} as const;
export default zh;
