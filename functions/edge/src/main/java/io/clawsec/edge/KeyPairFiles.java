package io.clawsec.edge;

import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The key pair that {@code issueToken} generates in development mode: two files, of which the others read one. */
final class KeyPairFiles {

    private static final String PRIVATE_NAME = "jwt-private-key.pem";
    private static final String PUBLIC_NAME = "jwt-public-keys.pem";

    private KeyPairFiles() {}

    /** Where the public half is, or will be. */
    static Path publicKeys(Path folder) {
        return folder.resolve(PUBLIC_NAME);
    }

    /**
     * Reads the private half, or makes the pair. The public half is in place before the private one: a process that ends
     * between the two leaves no private key that nobody believes, and the next one makes another pair.
     *
     * @throws ConfigurationException when the folder cannot be written, or others may read the file
     */
    static String readOrCreatePrivate(Path folder, SecureRandom random) {
        return OwnerFile.readOrCreate(folder, PRIVATE_NAME, () -> {
            GeneratedPair pair = PrivateTokenKey.generate(random);
            OwnerFile.replace(publicKeys(folder), pair.publicPem());
            return pair.privatePem();
        });
    }
}
