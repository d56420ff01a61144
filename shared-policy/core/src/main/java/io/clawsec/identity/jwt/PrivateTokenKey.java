package io.clawsec.identity.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The private half of a key pair that tokens are signed with: Ed25519 or P-256; confidential. */
public final class PrivateTokenKey {

    private static final String LABEL = "PRIVATE KEY";

    /** Signed to find a key's other half: no token begins so, for a token begins with base64url of a brace. */
    private static final byte[] PROBE = "clawsec/token-key-probe/v1\0".getBytes(StandardCharsets.UTF_8);

    private final KeyKind kind;
    private final PrivateKey key;

    private PrivateTokenKey(KeyKind kind, PrivateKey key) {
        this.kind = kind;
        this.key = key;
    }

    /** A new pair as it is stored; both texts are PEM, the private one is confidential. */
    public record GeneratedPair(String privatePem, String publicPem) {

        /** Shows nothing. */
        @Override
        public String toString() {
            return "GeneratedPair";
        }
    }

    /** Makes a new Ed25519 pair. */
    public static GeneratedPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            return new GeneratedPair(
                    PemBlock.text(LABEL, pair.getPrivate().getEncoded()),
                    new PublicTokenKey(pair.getPublic().getEncoded()).pem());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    /**
     * The key of a PEM text with one {@code PRIVATE KEY} block (PKCS#8, not encrypted) and nothing else in it.
     *
     * @throws IllegalArgumentException if that is not what it is; the message shows none of the text
     */
    public static PrivateTokenKey ofPem(String text) {
        List<PemBlock> blocks = PemBlock.of(text);
        if (blocks.size() != 1) {
            throw new IllegalArgumentException("must have one " + LABEL + " block and no other");
        }
        PemBlock block = blocks.get(0);
        if (!block.label().equals(LABEL)) {
            throw new IllegalArgumentException(
                    "must have a " + LABEL + " block (PKCS#8, not encrypted); openssl pkcs8 -topk8 -nocrypt makes one");
        }
        for (KeyKind kind : KeyKind.values()) {
            Optional<PrivateKey> key = kind.privateKey(block.der());
            if (key.isPresent()) {
                return new PrivateTokenKey(kind, key.get());
            }
        }
        throw new IllegalArgumentException("is neither an Ed25519 key nor a P-256 key");
    }

    /**
     * This key as the one that new tokens are signed with, under the id of its public half.
     *
     * <p>That half is looked for among the keys that verifiers are given, so that nobody can sign what nobody believes.
     *
     * @throws IllegalArgumentException if none of the keys verifies what this one signs
     */
    public SigningKey signingKey(Collection<PublicTokenKey> published) {
        return published.stream()
                .filter(this::isOtherHalf)
                .findFirst()
                .map(half -> new SigningKey(half.id(), builder -> builder.signWith(key, kind.signatures())))
                .orElseThrow(() -> new IllegalArgumentException("is not the private half of any of the public keys"));
    }

    private boolean isOtherHalf(PublicTokenKey other) {
        if (other.kind != kind) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(kind.signatureName);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(other.key);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a scalar out of range, for one: it has no other half
        }
    }

    /** Shows the algorithm only. */
    @Override
    public String toString() {
        return "PrivateTokenKey[" + kind.algorithm + "]";
    }
}
