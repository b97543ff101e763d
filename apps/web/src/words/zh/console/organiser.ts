/** Words of the bureau's preparation. */
const organiser = {
} as const;
export default organiser;
