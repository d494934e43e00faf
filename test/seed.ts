import fc from 'fast-check';

/** The same random inputs in every run, so that a failure is seen again; FAST_CHECK_SEED draws others. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261121) });
