import { ElMessage } from 'element-plus/es/components/message/index.mjs';
import 'element-plus/es/components/message/style/css';

/** Says in passing that something was done. What went wrong stands where it happened, never here. */
export const told = (text: string): void => void ElMessage({ message: text, type: 'success', plain: true, duration: 3500 });
