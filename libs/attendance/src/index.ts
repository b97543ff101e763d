export { Attendance } from './attendance.js';
export { AttendanceModule } from './attendance.module.js';
export type { DeviceActor } from './device-tokens.js';
export { Gates } from './gates.js';
export { Pairing } from './pairing.js';
export { Scans } from './scans.js';
export { ZoneCommands } from './zone-commands.js';
