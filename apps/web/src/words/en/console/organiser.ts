import type { Like } from '../..';
import type zh from '../../zh/console/organiser';

const organiser: Like<typeof zh> = {

};
export default organiser;
