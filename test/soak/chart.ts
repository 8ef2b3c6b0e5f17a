const BARS = '▁▂▃▄▅▆▇█';

/** One line: a bar for each value, the highest of them named. */
export function chartOf(name: string, values: readonly number[], unit: string): string {
  const highest = Math.max(...values, 0);
  const bars = values.map((value) => {
    const height = highest === 0 ? 0 : Math.round((value / highest) * (BARS.length - 1));
    return BARS[height] ?? BARS[0];
  });
  const [first = 0] = values;
  const last = values.at(-1) ?? 0;
  const told = [first, last, highest].map((value) => value.toFixed(value < 10 ? 2 : 0));
  return `${name.padEnd(22)}${bars.join('')}  first ${told[0]}, last ${told[1]}, highest ${told[2]} ${unit}`;
}
