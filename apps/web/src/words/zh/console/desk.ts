/** Words of the live desk. */
const desk = {
} as const;
export default desk;
