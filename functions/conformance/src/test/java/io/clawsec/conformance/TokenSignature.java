package io.clawsec.conformance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What somebody signs a token with. Written without the product's own code, which it is to be held against. */
@FunctionalInterface
interface TokenSignature {

    /** The signature of a token's first two parts. */
    byte[] of(byte[] signed) throws GeneralSecurityException;

    /** A MAC under a secret, such as {@code HmacSHA256}. */
    static TokenSignature hmac(String algorithm, String secret) {
        return signed -> {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(signed);
        };
    }

    /** The signature of an Ed25519 key in PEM (PKCS#8). */
    static TokenSignature ed25519(String privatePem) {
        return signed -> {
            String der =
                    privatePem.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining());
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(der)));
            return signature("Ed25519", key, signed);
        };
    }

    /** The signature of a P-256 key that nobody has seen before. */
    static TokenSignature unknownP256() {
        return signed -> {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return signature(
                    "SHA256withECDSAinP1363Format", generator.generateKeyPair().getPrivate(), signed);
        };
    }

    private static byte[] signature(String algorithm, PrivateKey key, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(signed);
        return signature.sign();
    }
}
