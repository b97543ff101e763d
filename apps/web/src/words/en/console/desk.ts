import type { Like } from '../..';
import type zh from '../../zh/console/desk';

const desk: Like<typeof zh> = {

};
export default desk;
