package io.clawsec.conformance;

import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/**
 * A new pair of keys in files, for processes that are to believe each other's tokens.
 *
 * @param pair confidential
 */
record TokenKeyPair(GeneratedPair pair, String privateFile, String publicFile) {

    /** Makes a pair and writes it. */
    static TokenKeyPair write(Path folder) throws IOException {
        GeneratedPair pair = PrivateTokenKey.generate(new SecureRandom());
        return new TokenKeyPair(
                pair,
                OwnerOnlyFile.write(folder, "private.pem", pair.privatePem()),
                OwnerOnlyFile.write(folder, "public.pem", pair.publicPem()));
    }

    /** The environment of whoever signs. */
    Map<String, String> signing() {
        return Map.of("CLAWSEC_JWT_PRIVATE_KEY_FILE", privateFile, "CLAWSEC_JWT_PUBLIC_KEYS_FILE", publicFile);
    }

    /** The environment of whoever only verifies. */
    Map<String, String> verifying() {
        return Map.of("CLAWSEC_JWT_PUBLIC_KEYS_FILE", publicFile);
    }

    /** What a token is signed with. */
    TokenSignature signature() {
        return TokenSignature.ed25519(pair.privatePem());
    }
}
