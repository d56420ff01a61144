package io.clawsec.identity.jwt;

import io.clawsec.json.Json;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds of key pair that tokens are signed with, each with its one algorithm.
 *
 * <p>A public key of a kind always has the same first bytes (algorithm, curve, form of the point), so these decide the
 * kind; there is no second encoding of a key, and nothing to guess.
 */
enum KeyKind {
    /** Ed25519 (RFC 8032, RFC 8037). */
    ED25519("EdDSA", "Ed25519", "Ed25519", "302a300506032b6570032100", 32) {
        @Override
        SignatureAlgorithm signatures() {
            return Jwts.SIG.EdDSA;
        }

        @Override
        boolean isOurs(PrivateKey key) {
            return key instanceof EdECPrivateKey ed
                    && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
        }

        @Override
        Map<String, String> members(byte[] point) {
            return Map.of("kty", "OKP", "crv", "Ed25519", "x", base64(point));
        }

        @Override
        void requireSound(PublicKey key, byte[] point) throws GeneralSecurityException {
            // The JDK looks at the point when the key is first used; whoever starts should know at once.
            Signature.getInstance(signatureName).initVerify(key);
        }
    },

    /** ECDSA over P-256 with SHA-256 (RFC 7518, section 3.4), its point uncompressed. */
    P256(
            "ES256",
            "EC",
            "SHA256withECDSAinP1363Format",
            "3059301306072a8648ce3d020106082a8648ce3d03010703420004",
            2 * KeyKind.COORDINATE_BYTES) {
        @Override
        SignatureAlgorithm signatures() {
            return Jwts.SIG.ES256;
        }

        @Override
        boolean isOurs(PrivateKey key) throws GeneralSecurityException {
            if (!(key instanceof ECPrivateKey ec) || ec.getParams() == null) {
                return false;
            }
            ECParameterSpec ours = curve();
            return ec.getParams().getCurve().equals(ours.getCurve())
                    && ec.getParams().getGenerator().equals(ours.getGenerator())
                    && ec.getParams().getOrder().equals(ours.getOrder());
        }

        @Override
        Map<String, String> members(byte[] point) {
            return Map.of(
                    "kty",
                    "EC",
                    "crv",
                    "P-256",
                    "x",
                    base64(Arrays.copyOf(point, COORDINATE_BYTES)),
                    "y",
                    base64(Arrays.copyOfRange(point, COORDINATE_BYTES, point.length)));
        }

        @Override
        void requireSound(PublicKey key, byte[] point) throws GeneralSecurityException {
            EllipticCurve curve = curve().getCurve();
            BigInteger p = ((ECFieldFp) curve.getField()).getP();
            BigInteger x = new BigInteger(1, Arrays.copyOf(point, COORDINATE_BYTES));
            BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, COORDINATE_BYTES, point.length));
            // y² = x³ + ax + b; the curve has a prime order, so every point of it will do (SP 800-56A, 5.6.2.3.4).
            BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
            if (x.compareTo(p) >= 0
                    || y.compareTo(p) >= 0
                    || !y.multiply(y).subtract(right).mod(p).equals(BigInteger.ZERO)) {
                throw new InvalidKeyException("not on the curve");
            }
        }

        private ECParameterSpec curve() throws GeneralSecurityException {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        }
    };

    /** Both kinds' signatures have this length: two numbers of 256 bits, one behind the other. */
    static final int SIGNATURE_BYTES = 64;

    private static final int COORDINATE_BYTES = 32;

    final String algorithm;
    final String signatureName;
    private final String factoryName;
    private final byte[] publicPrefix;
    private final int pointBytes;

    KeyKind(String algorithm, String factoryName, String signatureName, String publicPrefix, int pointBytes) {
        this.algorithm = algorithm;
        this.factoryName = factoryName;
        this.signatureName = signatureName;
        this.publicPrefix = HexFormat.of().parseHex(publicPrefix);
        this.pointBytes = pointBytes;
    }

    abstract SignatureAlgorithm signatures();

    abstract boolean isOurs(PrivateKey key) throws GeneralSecurityException;

    /** The required members of the key as a JWK. */
    abstract Map<String, String> members(byte[] point);

    abstract void requireSound(PublicKey key, byte[] point) throws GeneralSecurityException;

    /** The kind of a key in SubjectPublicKeyInfo form (RFC 5480, RFC 8410). */
    static Optional<KeyKind> ofPublic(byte[] der) {
        return Arrays.stream(values())
                .filter(kind -> der.length == kind.publicPrefix.length + kind.pointBytes
                        && Arrays.equals(kind.publicPrefix, Arrays.copyOf(der, kind.publicPrefix.length)))
                .findFirst();
    }

    PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance(factoryName).generatePublic(new X509EncodedKeySpec(der));
        requireSound(key, point(der));
        return key;
    }

    /** A key in PKCS#8 form; empty if it is of another kind. */
    Optional<PrivateKey> privateKey(byte[] der) {
        try {
            PrivateKey key = KeyFactory.getInstance(factoryName).generatePrivate(new PKCS8EncodedKeySpec(der));
            return isOurs(key) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * The key's JWK thumbprint (RFC 7638): base64url of the SHA-256 over its required members, sorted and without blanks.
     */
    String thumbprint(byte[] der) throws GeneralSecurityException {
        byte[] json = Json.write(new TreeMap<>(members(point(der))));
        return base64(MessageDigest.getInstance("SHA-256").digest(json));
    }

    private byte[] point(byte[] der) {
        return Arrays.copyOfRange(der, publicPrefix.length, der.length);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
