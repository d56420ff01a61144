package io.clawsec.edge;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The signing secret that development mode generates: 256 random bits in a file that only its owner may read. */
final class SecretFile {

    private static final String NAME = "jwt-secret";
    private static final int SECRET_BYTES = 32;

    private SecretFile() {}

    /**
     * Reads the secret, or makes it.
     *
     * @throws ConfigurationException when the folder cannot be written, or others may read the file
     */
    static String readOrCreate(Path folder, SecureRandom random) {
        return OwnerFile.readOrCreate(folder, NAME, () -> {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        });
    }
}
