package io.clawsec.edge;

/**
 * What shares a process; the application class says so, and no environment can say otherwise.
 *
 * <p>It decides who may hold a key that signs. Where one process verifies and another signs, they share no secret.
 */
public enum Deployment {
    /** All functions: who signs and who verifies are the same, so one secret may serve both. */
    ONE_PROCESS,
    /** {@code issueToken} alone: the only process that holds the private key. */
    ISSUER_APART,
    /** Any other function alone: it holds public keys only. */
    VERIFIER_APART;

    boolean apart() {
        return this != ONE_PROCESS;
    }
}
