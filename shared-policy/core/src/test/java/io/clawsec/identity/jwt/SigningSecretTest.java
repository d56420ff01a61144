package io.clawsec.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SigningSecretTest {

    private static final String TEXT = "0123456789-secret-0123456789-abc";

    @Test
    void takesASecretOf256Bits() {
        assertThat(SigningSecret.ofText(TEXT)).hasToString("SigningSecret[32 bytes]");
        assertThat(SigningSecret.ofText("\u00e9".repeat(16)))
                .as("bytes count, not characters")
                .hasToString("SigningSecret[32 bytes]");
    }

    @Test
    void refusesAShorterOneByItsVariableAndShowsNoneOfIt() {
        assertThatThrownBy(() -> SigningSecret.ofText(TEXT.substring(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JWT_SECRET_KEY")
                .hasMessageContaining("31 bytes")
                .hasMessageNotContaining("secret-");
    }

    @Test
    void hasAKeyIdThatTellsSecretsApartAndIsNoPlainDigestOfThem() throws Exception {
        String id = SigningSecret.ofText(TEXT).keyId();
        byte[] plain = java.security.MessageDigest.getInstance("SHA-256")
                .digest(TEXT.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(id)
                .matches("[0-9a-f]{16}")
                .isEqualTo(SigningSecret.ofText(TEXT).keyId());
        assertThat(id).isNotEqualTo(SigningSecret.ofText(TEXT + "x").keyId());
        assertThat(id).isNotEqualTo(java.util.HexFormat.of().formatHex(plain, 0, 8));
    }

    @Test
    void itsKeysShowTheirIdsOnly() {
        SigningSecret secret = SigningSecret.ofText(TEXT);
        assertThat(secret.signingKey()).hasToString("SigningKey[" + secret.keyId() + "]");
        assertThat(secret.verificationKey()).hasToString("VerificationKey[" + secret.keyId() + ", HS256]");
    }
}
