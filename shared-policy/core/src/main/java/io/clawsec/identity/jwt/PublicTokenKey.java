package io.clawsec.identity.jwt;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The public half of a key pair that tokens are signed with: Ed25519 or P-256. Whoever has it can verify, not sign.
 *
 * <p>Its id is its JWK thumbprint (RFC 7638), so that everybody who has the key knows the id, and no two keys share one.
 */
public final class PublicTokenKey {

    static final String LABEL = "PUBLIC KEY";

    final KeyKind kind;
    final PublicKey key;
    private final String id;

    PublicTokenKey(byte[] der) {
        this.kind = KeyKind.ofPublic(der)
                .orElseThrow(() -> new IllegalArgumentException(
                        "is neither an Ed25519 key nor a P-256 key with an uncompressed point"));
        try {
            this.key = kind.publicKey(der);
            this.id = kind.thumbprint(der);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is not a point of its curve");
        }
    }

    /**
     * The keys of a PEM text, one in each {@code PUBLIC KEY} block (SubjectPublicKeyInfo), in their order.
     *
     * @throws IllegalArgumentException if there is none, one is not sound, or one is there twice; the message shows none
     *     of the text
     */
    public static List<PublicTokenKey> allOfPem(String text) {
        List<PublicTokenKey> keys = new ArrayList<>();
        for (PemBlock block : PemBlock.of(text)) {
            String place = "key " + (keys.size() + 1) + " ";
            if (block.isPrivate()) {
                throw new IllegalArgumentException(place + "is a private key; only public keys belong here");
            }
            if (!block.label().equals(LABEL)) {
                throw new IllegalArgumentException(place + "is not in a " + LABEL + " block");
            }
            PublicTokenKey key = ofDer(place, block.der());
            if (keys.stream().anyMatch(other -> other.id.equals(key.id))) {
                throw new IllegalArgumentException(place + "is there already");
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("has no " + LABEL + " block");
        }
        return keys;
    }

    private static PublicTokenKey ofDer(String place, byte[] der) {
        try {
            return new PublicTokenKey(der);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + e.getMessage());
        }
    }

    /** The {@code kid} of the tokens that it verifies. */
    public String id() {
        return id;
    }

    /** This key as one that tokens are verified with; a retired one stays for the lifetime of its last token. */
    public VerificationKey verificationKey() {
        return VerificationKey.of(id, key, kind.signatures(), KeyKind.SIGNATURE_BYTES);
    }

    /** The key as a PEM block, ready to be published. */
    public String pem() {
        return PemBlock.text(LABEL, key.getEncoded());
    }

    /** Shows the id and the algorithm only. */
    @Override
    public String toString() {
        return "PublicTokenKey[" + id + ", " + kind.algorithm + "]";
    }
}
