import type { Device, Gate } from '#libs/contracts';
import { watch } from 'vue';
import { api } from '../../../net/api';
import { useLoad, type Loading } from '../../state/load';
import { useDesk } from './state';

export interface GateList { gates: Gate[]; /** When it was asked for, epoch ms. */ at: number }

/** A device is heard every few seconds; after ten it is silent. */
const HEARD = 10_000;

/** The gates with their devices, asked anew when the desk's events or its picture say that they have changed. */
export function useGateList(): { load: Loading<GateList>; online(gate: Gate, device: Device): boolean } {
  const { fairId, data: desk, onEvent } = useDesk();
  const load = useLoad(async signal => ({ gates: await api('GET /fairs/:fairId/gates', { params: { fairId }, signal }), at: Date.now() }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => void load.reload(), 300); };
  onEvent(({ type }) => { if (type.startsWith('device.') || type === 'fair.updated') soon(); });
  watch(() => desk.value?.gates.map(({ gateId, devices, devicesOnline }) => `${gateId} ${devices} ${devicesOnline}`).join(), (now, before) => { if (before !== undefined && now !== before) soon(); });
  return {
    load,
    /** By the newest picture where it speaks of all the gate's devices, else by what the list says. */
    online(gate, device) {
      const stat = desk.value?.gates.find(({ gateId }) => gateId === gate.id);
      if (stat && stat.devicesOnline === stat.devices) return true;
      if (stat && stat.devicesOnline === 0) return false;
      return device.lastSeenAt !== null && (load.data.value?.at ?? 0) - Date.parse(device.lastSeenAt) <= HEARD + 2_000;
    },
  };
}
