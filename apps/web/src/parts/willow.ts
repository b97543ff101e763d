/** Geometry of the willow: the same input always grows the same branches, so a page never flickers when it is drawn again. */
export interface Branch { stem: string; leaves: { at: string; shape: string; young: boolean }[] }

const noise = (seed: number) => ((Math.sin(seed * 127.1 + 311.7) * 43758.5453) % 1 + 1) % 1;
const tidy = (n: number) => Number(n.toFixed(1));

/** `count` branches over a `width` × `height` px corner; `lean` is how far a tip hangs to the left, as a share of its length. */
export function willow(width: number, height: number, count: number, lean: number): Branch[] {
  return Array.from({ length: count }, (_, b) => {
    const x = width * (0.42 + (0.5 * b) / Math.max(1, count - 1));
    const length = height * (0.42 + 0.5 * noise(b + count));
    const along = (s: number) => [x - lean * length * s * s, -6 + (length + 6) * s] as const;
    const [tipX, tipY] = along(1);
    const leaves = Math.max(4, Math.round(length / 17));
    return {
      stem: `M${tidy(x)} -6Q${tidy(x - lean * length * 0.12)} ${tidy(length / 2)} ${tidy(tipX)} ${tidy(tipY)}`,
      leaves: Array.from({ length: leaves }, (_, i) => {
        const [leafX, leafY] = along((i + 1) / leaves);
        const n = noise(b * 31 + i);
        const size = tidy(15 + 8 * n);
        return {
          at: `translate(${tidy(leafX)} ${tidy(leafY)}) rotate(${Math.round((i % 2 ? 60 : 119) + 16 * n)})`,
          shape: `M0 0Q${tidy(size / 2)} -4 ${size} 0Q${tidy(size / 2)} 4 0 0z`,
          young: noise(b * 7 + i * 3) > 0.35,
        };
      }),
    };
  });
}
