package io.clawsec.identity.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A key pair of each kind, made by the JDK alone, and tokens that it signs without the JWT library. */
enum CurveKeys {
    ED25519("EdDSA", "Ed25519", null, "Ed25519"),
    P256("ES256", "EC", "secp256r1", "SHA256withECDSAinP1363Format");

    final String algorithm;
    private final String signatureName;
    private final KeyPair pair;
    private final KeyPair otherPair;

    CurveKeys(
            String algorithm,
            String generatorName,
            @org.jspecify.annotations.Nullable String curve,
            String signatureName) {
        this.algorithm = algorithm;
        this.signatureName = signatureName;
        this.pair = pair(generatorName, curve);
        this.otherPair = pair(generatorName, curve);
    }

    static KeyPair pair(String generatorName, @org.jspecify.annotations.Nullable String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(generatorName);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyPair pair() {
        return pair;
    }

    PublicTokenKey published() {
        return new PublicTokenKey(pair.getPublic().getEncoded());
    }

    /** Another key of the same kind. */
    PublicTokenKey otherPublished() {
        return new PublicTokenKey(otherPair.getPublic().getEncoded());
    }

    /** A token with nothing wrong in it. */
    HandmadeToken token() {
        return new HandmadeToken()
                .header("alg", algorithm)
                .header("kid", published().id())
                .signedBy(this::sign);
    }

    byte[] sign(byte[] input) throws GeneralSecurityException {
        return sign(signatureName, pair, input);
    }

    byte[] signWithOther(byte[] input) throws GeneralSecurityException {
        return sign(signatureName, otherPair, input);
    }

    static byte[] sign(String name, KeyPair pair, byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        signature.initSign(pair.getPrivate());
        signature.update(input);
        return signature.sign();
    }

    static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    String privatePem() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    String publicPem() {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    /** Everything of the public key that somebody might mistake for a secret. */
    byte[][] secretsThatAreNone() {
        byte[] der = pair.getPublic().getEncoded();
        return new byte[][] {
            publicPem().getBytes(StandardCharsets.UTF_8),
            published().pem().getBytes(StandardCharsets.UTF_8),
            published().pem().strip().getBytes(StandardCharsets.UTF_8),
            der,
            java.util.Arrays.copyOfRange(der, der.length - 32, der.length),
            java.util.Arrays.copyOfRange(der, der.length - 64 < 0 ? 0 : der.length - 64, der.length),
            published().id().getBytes(StandardCharsets.UTF_8)
        };
    }
}
