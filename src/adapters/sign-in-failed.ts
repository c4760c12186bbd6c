import type { ReadFailure } from '../core/ports.ts';

/** Sign-in failed while an SDK wanted a token: carries what a gap needs. */
export class SignInFailed extends Error {
  readonly failure: ReadFailure;

  constructor(failure: ReadFailure) {
    super(failure.detail);
    this.name = 'SignInFailed';
    this.failure = failure;
  }
}
