package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternStream;

/** A matcher in which something goes wrong. */
record FailingPatternSet(Throwable failure) implements PatternSet {

    @Override
    public void scan(String text, Sink sink) {
        fail();
    }

    @Override
    public PatternStream stream(Sink sink) {
        throw fail();
    }

    private RuntimeException fail() {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
