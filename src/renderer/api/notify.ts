import { notifications } from '@mantine/notifications';
import { refusalKind, sentenceOf } from './refusal.ts';

/** Errors stay until dismissed: they may be read minutes later, in a dark room, by someone who was at the telescope log. */
export function notifyError(title: string, error: unknown): void {
  // Whoever stopped it knows.
  if (refusalKind(error) === 'cancelled') return;
  notifications.show({ title, message: sentenceOf(error), color: 'red', autoClose: false, withBorder: true });
}

export function notify(level: 'info' | 'warning' | 'error', message: string): void {
  if (level === 'error') notifications.show({ message, color: 'red', autoClose: false, withBorder: true });
  else if (level === 'warning') notifications.show({ message, color: 'yellow', autoClose: 12_000, withBorder: true });
  else notifications.show({ message, autoClose: 5000, withBorder: true });
}
