import type { Type } from '@nestjs/common';
import type { ProcessRole } from '../config/settings.js';

/** Boots a process. */
export function run(_module: Type, _role: ProcessRole): Promise<void> {
  throw new Error('run is being written');
}
