package io.clawsec.edge;

import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_JWT_PRIVATE_KEY_FILE;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_JWT_PUBLIC_KEYS_FILE;

import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PublicTokenKey;
import io.clawsec.identity.jwt.SigningKey;
import io.clawsec.identity.jwt.SigningSecret;
import io.clawsec.identity.jwt.VerificationKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The keys of this process.
 *
 * @param signing empty where tokens are only verified
 * @param verification what is believed
 */
record TokenKeys(Optional<SigningKey> signing, VerificationKeys verification) {

    /**
     * The keys that the configuration names, or that development mode generates.
     *
     * @param nanoTime a clock that never goes back
     * @throws ConfigurationException when a key is missing or unsound
     */
    static TokenKeys of(Configuration configuration, SecureRandom random, LongSupplier nanoTime) {
        if (configuration.deployment() == Deployment.VERIFIER_APART) {
            return new TokenKeys(Optional.empty(), published(configuration, nanoTime));
        }
        Optional<Path> privateFile = configuration.keyFiles().privateKey();
        if (privateFile.isPresent()) {
            return pair(
                    CLAWSEC_JWT_PRIVATE_KEY_FILE.name(),
                    KeyFile.privateText(privateFile.get()),
                    CLAWSEC_JWT_PUBLIC_KEYS_FILE.name(),
                    configuration.keyFiles().publicKeys().orElseThrow(),
                    nanoTime);
        }
        return configuration.deployment().apart()
                ? generated(configuration.dataFolder(), random, nanoTime)
                : secret(configuration, random);
    }

    private static VerificationKeys published(Configuration configuration, LongSupplier nanoTime) {
        return configuration
                .keyFiles()
                .publicKeys()
                .map(file -> PublicKeysFile.required(file, CLAWSEC_JWT_PUBLIC_KEYS_FILE.name(), nanoTime))
                .orElseGet(() -> PublicKeysFile.awaited(KeyPairFiles.publicKeys(configuration.dataFolder()), nanoTime));
    }

    private static TokenKeys generated(Path folder, SecureRandom random, LongSupplier nanoTime) {
        String privatePem = KeyPairFiles.readOrCreatePrivate(folder, random);
        Path publicFile = KeyPairFiles.publicKeys(folder);
        try {
            return pair("the generated private key", privatePem, publicFile.toString(), publicFile, nanoTime);
        } catch (ConfigurationException e) {
            List<String> problems = new ArrayList<>(e.problems());
            problems.add("remove both halves from the data folder, and issueToken makes another pair");
            throw new ConfigurationException(problems);
        }
    }

    private static TokenKeys secret(Configuration configuration, SecureRandom random) {
        String text = configuration
                .signingSecret()
                .orElseGet(() -> SecretFile.readOrCreate(configuration.dataFolder(), random));
        try {
            SigningSecret secret = SigningSecret.ofText(text);
            return new TokenKeys(
                    Optional.of(secret.signingKey()), VerificationKeys.of(List.of(secret.verificationKey())));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static TokenKeys pair(
            String privateName, String privatePem, String publicName, Path publicFile, LongSupplier nanoTime) {
        PublicKeysFile published = PublicKeysFile.required(publicFile, publicName, nanoTime);
        try {
            SigningKey key =
                    PrivateTokenKey.ofPem(privatePem).signingKey(PublicTokenKey.allOfPem(KeyFile.text(publicFile)));
            return new TokenKeys(Optional.of(key), published);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(privateName + " " + e.getMessage()));
        } catch (IOException e) {
            throw new ConfigurationException(List.of(publicName + " cannot be read"));
        }
    }
}
