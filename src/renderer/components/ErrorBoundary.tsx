import { Component } from 'react';
import type { ReactNode } from 'react';
import { ErrorBox } from './ErrorBox.tsx';
import { messageOf } from '../../core/result/message-of.ts';

interface Props {
  readonly what: string;
  readonly children: ReactNode;
}

/** Keeps a fault in one panel from taking the window with it. */
export class ErrorBoundary extends Component<Props, { readonly why: string | undefined }> {
  override state: { readonly why: string | undefined } = { why: undefined };

  static getDerivedStateFromError(error: unknown): { why: string } {
    return { why: messageOf(error) };
  }

  override render(): ReactNode {
    if (this.state.why === undefined) return this.props.children;
    return <ErrorBox what={this.props.what} why={this.state.why} onRetry={() => this.setState({ why: undefined })} />;
  }
}
