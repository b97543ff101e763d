/** Words of the gate's scanner. */
const zh = {
  title: '春风·验票',
} as const;
export default zh;
