import type { Like } from '../..';
import type zh from '../../zh/console/employer';

const employer: Like<typeof zh> = {

};
export default employer;
