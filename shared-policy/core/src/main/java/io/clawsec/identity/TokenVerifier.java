package io.clawsec.identity;

/** Decides whether a bearer token is believed. Implementations are safe for use by many threads. */
public interface TokenVerifier {

    /** Verifies a token; every unsound token is {@link TokenVerification.Rejected}, never an exception. */
    TokenVerification verify(BearerToken token);
}
