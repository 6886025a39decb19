/** `0.42 s`, `12 s`, `3 min 20 s`, `2 h 5 min` */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 9.95) return `${seconds.toPrecision(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `7,000`; `3.1` below ten where the number is not whole */
export function formatCount(count: number): string {
  if (count < 10 && !Number.isInteger(count)) return count.toPrecision(2);
  return Math.round(count).toLocaleString('en-US');
}

/** `1 system`, `7,000 bodies`: a number of things, the word as the number asks for it. */
export const many = (count: number, one: string, several = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : several}`;

/** `40`; `2.26` amid an epoch */
export const formatEpoch = (epoch: number): string => String(Number(epoch.toFixed(2)));
