/** A count with its thousands separated by a comma and a real minus sign: 108,565. Rounded to a whole number. */
export function countText(count: number): string {
  const text = Math.abs(Math.round(count))
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return count < 0 ? `−${text}` : text;
}
