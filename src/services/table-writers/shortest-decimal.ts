/**
 * The shortest decimal that reads back to a finite number in its own precision.
 * @param isSingle the number is a float32: nine digits always do
 */
export function shortestDecimal(value: number, isSingle: boolean): string {
  if (Object.is(value, -0)) return '-0.0';
  return isSingle ? shortestSingle(value) : String(value);
}

function shortestSingle(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
