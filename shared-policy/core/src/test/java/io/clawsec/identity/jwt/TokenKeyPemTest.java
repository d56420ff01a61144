package io.clawsec.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken for a key, under which id, and what is refused without a word of it being shown. */
class TokenKeyPemTest {

    private static final String ED25519_PREFIX = "302a300506032b6570032100";
    private static final String P256_PREFIX = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

    /** Made by openssl, which stores the public half with the private one. */
    private static final String OPENSSL_P256 = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdBYgq4lIBdGb2qni
            hCRvP/3qY2bNfVAsxp+IsKGXpG+hRANCAASC2J5KoxfkPGddgEzg3UdwuMSJ+XZP
            19SIW+vbalFk8S2V1AT5JgflTDLFFZUWRiI6ztEVn0C7rsuoTUF/KaC3
            -----END PRIVATE KEY-----
            """;

    private static final String OPENSSL_P256_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgtieSqMX5DxnXYBM4N1HcLjEifl2
            T9fUiFvr22pRZPEtldQE+SYH5UwyxRWVFkYiOs7RFZ9Au67LqE1Bfymgtw==
            -----END PUBLIC KEY-----
            """;

    private static byte[] base64Url(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static byte[] der(String hexPrefix, byte[]... points) {
        byte[] bytes = HexFormat.of().parseHex(hexPrefix);
        for (byte[] point : points) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + point.length);
            System.arraycopy(point, 0, longer, bytes.length, point.length);
            bytes = longer;
        }
        return bytes;
    }

    @Test
    void the_id_is_the_thumbprint_of_rfc_8037_appendix_a_3() {
        byte[] x = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(new PublicTokenKey(der(ED25519_PREFIX, x)).id())
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void the_id_is_the_thumbprint_of_rfc_9449_section_6_1() {
        byte[] x = base64Url("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs");
        byte[] y = base64Url("9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA");
        assertThat(new PublicTokenKey(der(P256_PREFIX, x, y)).id())
                .isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }

    @ParameterizedTest
    @EnumSource
    void a_pair_is_read_from_pem_and_found_among_several(CurveKeys keys) {
        String published =
                "# the next key\n" + keys.otherPublished().pem() + "\n# the one in use\r\n" + keys.publicPem();
        List<PublicTokenKey> read = PublicTokenKey.allOfPem(published);
        assertThat(read)
                .extracting(PublicTokenKey::id)
                .containsExactly(keys.otherPublished().id(), keys.published().id());
        PrivateTokenKey privateKey = PrivateTokenKey.ofPem(keys.privatePem());
        assertThat(privateKey.signingKey(read).id()).isEqualTo(keys.published().id());
        assertThat(PublicTokenKey.allOfPem(read.get(0).pem() + read.get(1).pem()))
                .hasSize(2);
        assertThatThrownBy(() -> privateKey.signingKey(List.of(keys.otherPublished())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is not the private half of any of the public keys");
    }

    @Test
    void a_pair_of_openssl_is_read() {
        assertThat(PrivateTokenKey.ofPem(OPENSSL_P256)
                        .signingKey(PublicTokenKey.allOfPem(OPENSSL_P256_PUBLIC))
                        .id())
                .hasSize(43);
    }

    @Test
    void a_generated_pair_is_one_and_no_two_are_the_same() {
        PrivateTokenKey.GeneratedPair pair = PrivateTokenKey.generate(new SecureRandom());
        PrivateTokenKey.GeneratedPair other = PrivateTokenKey.generate(new SecureRandom());
        PrivateTokenKey key = PrivateTokenKey.ofPem(pair.privatePem());
        assertThat(key.signingKey(PublicTokenKey.allOfPem(other.publicPem() + pair.publicPem()))
                        .id())
                .isEqualTo(PublicTokenKey.allOfPem(pair.publicPem()).get(0).id());
        assertThat(pair.publicPem()).isNotEqualTo(other.publicPem());
        assertThat(pair).hasToString("GeneratedPair");
        assertThat(key).hasToString("PrivateTokenKey[EdDSA]");
    }

    static Stream<Arguments> unsoundPublicKeys() {
        String good = CurveKeys.ED25519.publicPem();
        byte[] ed = CurveKeys.ED25519.pair().getPublic().getEncoded();
        byte[] ec = CurveKeys.P256.pair().getPublic().getEncoded();
        byte[] offCurve = ec.clone();
        offCurve[offCurve.length - 1] ^= 1;
        byte[] beyondTheField = new byte[64];
        Arrays.fill(beyondTheField, (byte) 0xFF);
        byte[] compressed = der(
                "3039301306072a8648ce3d020106082a8648ce3d030107032200" + "02",
                Arrays.copyOfRange(ec, ec.length - 64, ec.length - 32));
        return Stream.of(
                Arguments.of("nothing", "", "has no PUBLIC KEY block"),
                Arguments.of("only a comment", "# none yet\n", "has no PUBLIC KEY block"),
                Arguments.of("a word", "secret-word", "line 1 neither begins a PEM block nor is a comment"),
                Arguments.of("text behind", good + "secret-word", "neither begins a PEM block nor is a comment"),
                Arguments.of("no end", good.replace("-----END PUBLIC KEY-----", ""), "ends within a block"),
                Arguments.of("another end", good.replace("END PUBLIC", "END PRIVATE"), "does not end the PEM block"),
                Arguments.of("not Base64", good.replace("MC", "M*"), "not Base64"),
                Arguments.of("nothing within", CurveKeys.pem("PUBLIC KEY", new byte[0]), "not Base64"),
                Arguments.of("a private key", CurveKeys.ED25519.privatePem(), "key 1 is a private key"),
                Arguments.of("a private key behind", good + CurveKeys.P256.privatePem(), "key 2 is a private key"),
                Arguments.of("an old private key", CurveKeys.pem("EC PRIVATE KEY", ec), "key 1 is a private key"),
                Arguments.of("a certificate", CurveKeys.pem("CERTIFICATE", ed), "key 1 is not in a PUBLIC KEY block"),
                Arguments.of("PKCS#1", CurveKeys.pem("RSA PUBLIC KEY", ed), "key 1 is not in a PUBLIC KEY block"),
                Arguments.of("one key twice", good + good, "key 2 is there already"),
                Arguments.of("two keys in a block", block(join(ed, ed)), "key 1 is neither"),
                Arguments.of("a byte behind", block(Arrays.copyOf(ed, ed.length + 1)), "key 1 is neither"),
                Arguments.of("a byte missing", block(Arrays.copyOf(ec, ec.length - 1)), "key 1 is neither"),
                Arguments.of("RSA", block(publicKey("RSA", null)), "key 1 is neither"),
                Arguments.of("P-384", block(publicKey("EC", "secp384r1")), "key 1 is neither"),
                Arguments.of("P-521", block(publicKey("EC", "secp521r1")), "key 1 is neither"),
                Arguments.of("X25519", block(publicKey("X25519", null)), "key 1 is neither"),
                Arguments.of("Ed448", block(publicKey("Ed448", null)), "key 1 is neither"),
                Arguments.of("a compressed point", block(compressed), "key 1 is neither"),
                Arguments.of("off the curve", block(offCurve), "key 1 is not a point of its curve"),
                Arguments.of(
                        "beyond the field",
                        block(der(P256_PREFIX, beyondTheField)),
                        "key 1 is not a point of its curve"),
                Arguments.of("0, 0", block(der(P256_PREFIX, new byte[64])), "key 1 is not a point of its curve"),
                Arguments.of(
                        "no point of Edwards' curve", block(der(ED25519_PREFIX, notOnEdwards())), "not a point of its"),
                Arguments.of("seventeen", good.repeat(17), "has more than 16 blocks"),
                Arguments.of("very long", "#".repeat(40_000), "has more than 32768 characters"));
    }

    /** y = 2 has no x on the curve. */
    private static byte[] notOnEdwards() {
        byte[] y = new byte[32];
        y[0] = 2;
        return y;
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] publicKey(String generator, @org.jspecify.annotations.Nullable String curve) {
        return CurveKeys.pair(generator, curve).getPublic().getEncoded();
    }

    private static String block(byte[] der) {
        return CurveKeys.pem("PUBLIC KEY", der);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsoundPublicKeys")
    void what_is_no_sound_public_key_is_refused(String what, String text, String reason) {
        assertThatThrownBy(() -> PublicTokenKey.allOfPem(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret-word")
                .hasNoCause();
    }

    static Stream<Arguments> unsoundPrivateKeys() {
        String good = CurveKeys.ED25519.privatePem();
        byte[] ed = CurveKeys.ED25519.pair().getPrivate().getEncoded();
        return Stream.of(
                Arguments.of("nothing", "", "one PRIVATE KEY block"),
                Arguments.of("two keys", good + CurveKeys.P256.privatePem(), "one PRIVATE KEY block"),
                Arguments.of("its public half beside it", good + CurveKeys.ED25519.publicPem(), "one PRIVATE KEY"),
                Arguments.of("a public key", CurveKeys.ED25519.publicPem(), "must have a PRIVATE KEY block"),
                Arguments.of("SEC1", CurveKeys.pem("EC PRIVATE KEY", ed), "PKCS#8"),
                Arguments.of("encrypted", CurveKeys.pem("ENCRYPTED PRIVATE KEY", ed), "not encrypted"),
                Arguments.of("RSA", privateBlock("RSA", null), "neither an Ed25519 key nor a P-256 key"),
                Arguments.of("P-384", privateBlock("EC", "secp384r1"), "neither an Ed25519 key nor a P-256 key"),
                Arguments.of("X25519", privateBlock("X25519", null), "neither an Ed25519 key nor a P-256 key"),
                Arguments.of("Ed448", privateBlock("Ed448", null), "neither an Ed25519 key nor a P-256 key"),
                Arguments.of(
                        "cut short", CurveKeys.pem("PRIVATE KEY", Arrays.copyOf(ed, 40)), "neither an Ed25519 key"),
                Arguments.of("bytes", CurveKeys.pem("PRIVATE KEY", new byte[48]), "neither an Ed25519 key"));
    }

    private static String privateBlock(String generator, @org.jspecify.annotations.Nullable String curve) {
        return CurveKeys.pem(
                "PRIVATE KEY", CurveKeys.pair(generator, curve).getPrivate().getEncoded());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsoundPrivateKeys")
    void what_is_no_sound_private_key_is_refused(String what, String text, String reason) {
        assertThatThrownBy(() -> PrivateTokenKey.ofPem(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasNoCause();
    }

    @Test
    void nothing_shows_a_key() {
        byte[] der = CurveKeys.ED25519.pair().getPrivate().getEncoded();
        assertThat(new PemBlock("PRIVATE KEY", der)).hasToString("PemBlock[48 bytes]");
        assertThat(CurveKeys.ED25519.published())
                .hasToString("PublicTokenKey[" + CurveKeys.ED25519.published().id() + ", EdDSA]");
    }
}
