/** Words of the employer's pages. */
const employer = {
} as const;
export default employer;
