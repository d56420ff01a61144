package io.clawsec.identity.jwt;

import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A key that decides whether a token's signature holds.
 *
 * <p>It is bound to one algorithm: what a token's header says can choose among the configured keys, never how a key is
 * used. That rules out algorithm confusion by construction.
 */
public final class VerificationKey {

    private final String id;
    private final String algorithm;
    private final int signatureBytes;
    private final Check check;

    private interface Check {
        boolean holds(byte[] signed, byte[] signature);
    }

    private VerificationKey(String id, String algorithm, int signatureBytes, Check check) {
        this.id = id;
        this.algorithm = algorithm;
        this.signatureBytes = signatureBytes;
        this.check = check;
    }

    /** A key and the one algorithm it is used with. */
    static <K extends Key> VerificationKey of(
            String id, K key, SecureDigestAlgorithm<?, K> algorithm, int signatureBytes) {
        return new VerificationKey(
                id,
                algorithm.getId(),
                signatureBytes,
                (signed, signature) -> algorithm.verify(new Request<>(key, signed, signature)));
    }

    /** The {@code kid} of the tokens that it verifies. */
    public String id() {
        return id;
    }

    /** The {@code alg} that such a token must have, exactly. */
    String algorithm() {
        return algorithm;
    }

    /**
     * Whether the signature is this key's over these bytes.
     *
     * @throws RuntimeException where the library stumbles over the signature: it does not hold then
     */
    boolean holds(byte[] signed, byte[] signature) {
        // There is one length; the library might take signatures in other encodings.
        return signature.length == signatureBytes && check.holds(signed, signature);
    }

    /** What the library is asked. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares requests
    private record Request<K extends Key>(K key, byte[] signed, byte[] signature)
            implements VerifySecureDigestRequest<K> {

        @Override
        public InputStream getPayload() {
            return new ByteArrayInputStream(signed);
        }

        @Override
        public byte[] getDigest() {
            return signature;
        }

        @Override
        public K getKey() {
            return key;
        }

        @Override
        public @Nullable Provider getProvider() {
            return null; // the platform's choice
        }

        @Override
        public @Nullable SecureRandom getSecureRandom() {
            return null; // nothing is random in a verification
        }

        /** Shows nothing: the key may be confidential. */
        @Override
        public String toString() {
            return "Request[]";
        }
    }

    /** Shows the id and the algorithm only. */
    @Override
    public String toString() {
        return "VerificationKey[" + id + ", " + algorithm + "]";
    }
}
