package io.clawsec.identity;

import java.util.function.Function;

/** What became of a bearer token: a principal, or the reason why it is not believed. */
public sealed interface TokenVerification {

    /** Chooses by kind; the JDK 17 form of an exhaustive switch. */
    <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected);

    /** The token is sound. */
    record Verified(Principal principal) implements TokenVerification {
        @Override
        public <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected) {
            return verified.apply(this);
        }
    }

    /**
     * The token is not believed.
     *
     * @param reason one safe sentence for the caller; it never repeats any part of the token
     */
    record Rejected(String reason) implements TokenVerification {
        @Override
        public <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected) {
            return rejected.apply(this);
        }
    }
}
