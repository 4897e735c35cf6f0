import type { NumberTable } from './figure.ts';

/** A figure's numbers as CSV (RFC 4180): all digits, an empty cell where a number is undefined. */
export function numbersCsv({ columns, rows }: NumberTable): string {
  const cell = (value: string | number | null): string => {
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
