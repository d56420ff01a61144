package io.clawsec.edge;

import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_JWT_PRIVATE_KEY_FILE;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_JWT_PUBLIC_KEYS_FILE;
import static io.clawsec.edge.EnvironmentVariable.JWT_SECRET_KEY;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the key pair's halves are that tokens are signed and verified with; both empty: a secret, or a generated pair.
 *
 * @param privateKey one PEM block
 * @param publicKeys one PEM block or more, the private key's other half among them where there is one
 */
public record TokenKeyFiles(Optional<Path> privateKey, Optional<Path> publicKeys) {

    /** Reads both variables and holds them, and the secret's, against what the process is. */
    static TokenKeyFiles read(EnvironmentReader read, Deployment deployment, TokenMode mode) {
        TokenKeyFiles files =
                new TokenKeyFiles(read.path(CLAWSEC_JWT_PRIVATE_KEY_FILE), read.path(CLAWSEC_JWT_PUBLIC_KEYS_FILE));
        boolean generates = mode == TokenMode.DEVELOPMENT;
        if (deployment.apart() && read.isSet(JWT_SECRET_KEY)) {
            read.problem(
                    JWT_SECRET_KEY,
                    "is refused where functions run apart, for whoever verifies with it can also sign (HS256);"
                            + " CLAWSEC_JWT_PRIVATE_KEY_FILE at issueToken and CLAWSEC_JWT_PUBLIC_KEYS_FILE everywhere"
                            + " take its place");
        } else if (deployment == Deployment.VERIFIER_APART) {
            files.requirePublicAlone(read, generates);
        } else {
            files.requireBoth(read, deployment, generates);
        }
        return files;
    }

    private void requirePublicAlone(EnvironmentReader read, boolean generates) {
        if (read.isSet(CLAWSEC_JWT_PRIVATE_KEY_FILE)) {
            read.problem(
                    CLAWSEC_JWT_PRIVATE_KEY_FILE,
                    "is for issueToken alone: no other function may hold a key that signs");
        }
        if (!read.isSet(CLAWSEC_JWT_PUBLIC_KEYS_FILE) && !generates) {
            read.problem(CLAWSEC_JWT_PUBLIC_KEYS_FILE, "is required outside development mode");
        }
    }

    private void requireBoth(EnvironmentReader read, Deployment deployment, boolean generates) {
        boolean signs = read.isSet(CLAWSEC_JWT_PRIVATE_KEY_FILE);
        boolean verifies = read.isSet(CLAWSEC_JWT_PUBLIC_KEYS_FILE);
        if (signs != verifies) {
            read.problem(
                    signs ? CLAWSEC_JWT_PUBLIC_KEYS_FILE : CLAWSEC_JWT_PRIVATE_KEY_FILE,
                    "is required beside the other half's file");
        } else if (signs && read.isSet(JWT_SECRET_KEY)) {
            read.problem(JWT_SECRET_KEY, "is set beside key files, and tokens are signed with one key");
        } else if (!signs && !generates && deployment.apart()) {
            read.problem(
                    CLAWSEC_JWT_PRIVATE_KEY_FILE,
                    "is required outside development mode, and CLAWSEC_JWT_PUBLIC_KEYS_FILE with it");
        } else if (!signs && !generates && !read.isSet(JWT_SECRET_KEY)) {
            read.problem(
                    JWT_SECRET_KEY,
                    "is required outside development mode: 32 random bytes or more; or CLAWSEC_JWT_PRIVATE_KEY_FILE"
                            + " and CLAWSEC_JWT_PUBLIC_KEYS_FILE");
        }
    }
}
