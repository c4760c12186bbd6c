import fc from 'fast-check';

/** The same examples in each run, and none made smaller once one fails: whether a mutant lives is no matter of luck. */
fc.configureGlobal({ seed: 20_261_125, endOnFailure: true });
