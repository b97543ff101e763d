import { onScopeDispose, readonly, ref } from 'vue';

/** True on a screen of 860 px and less: a phone, where the side bar is a drawer. */
export function useNarrow() {
  const asked = window.matchMedia('(max-width: 860px)');
  const narrow = ref(asked.matches);
  const heard = () => { narrow.value = asked.matches; };
  asked.addEventListener('change', heard);
  onScopeDispose(() => asked.removeEventListener('change', heard));
  return readonly(narrow);
}
