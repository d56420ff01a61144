package io.clawsec.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import io.clawsec.identity.jwt.PublicTokenKey;
import io.clawsec.identity.jwt.SigningKey;
import io.clawsec.testkit.ManyCallers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys come from, and when a change of their file counts. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class TokenKeysTest {

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a clock may run over at any time
    private final GeneratedPair one = PrivateTokenKey.generate(new SecureRandom());
    private final GeneratedPair other = PrivateTokenKey.generate(new SecureRandom());

    private static String id(GeneratedPair pair) {
        return PublicTokenKey.allOfPem(pair.publicPem()).get(0).id();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private TokenKeys keys(Deployment deployment, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CLAWSEC_DATA_DIR", folder.toString());
        return TokenKeys.of(Configuration.from(environment, deployment), new SecureRandom(), nanos::get);
    }

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        if (OwnerFile.posix()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }

    private Map<String, String> files(String privatePem, String publicPem) throws IOException {
        return Map.of(
                "CLAWSEC_JWT_PRIVATE_KEY_FILE",
                write("private.pem", privatePem).toString(),
                "CLAWSEC_JWT_PUBLIC_KEYS_FILE",
                write("public.pem", publicPem).toString());
    }

    private static boolean believes(TokenKeys keys, String id) {
        return keys.verification().find(id).isPresent();
    }

    @Test
    void in_development_the_issuer_makes_a_pair_and_the_others_read_its_public_half() {
        TokenKeys issuer = keys(Deployment.ISSUER_APART, Map.of());
        String id = issuer.signing().map(SigningKey::id).orElseThrow();
        TokenKeys verifier = keys(Deployment.VERIFIER_APART, Map.of());
        assertThat(verifier.signing()).isEmpty();
        assertThat(believes(verifier, id)).isTrue();
        assertThat(believes(issuer, id)).isTrue();
        assertThat(keys(Deployment.ISSUER_APART, Map.of()).signing().map(SigningKey::id))
                .as("the pair stays")
                .contains(id);
    }

    @Test
    void who_starts_first_does_not_matter() {
        TokenKeys verifier = keys(Deployment.VERIFIER_APART, Map.of());
        TokenKeys asked = keys(Deployment.VERIFIER_APART, Map.of());
        assertThat(believes(asked, "unknown")).isFalse();
        String id = keys(Deployment.ISSUER_APART, Map.of())
                .signing()
                .map(SigningKey::id)
                .orElseThrow();
        assertThat(believes(verifier, id)).as("its first token").isTrue();
        assertThat(believes(asked, id)).as("it looked less than a second ago").isFalse();
        pass(PublicKeysFile.SHORTEST_INTERVAL);
        assertThat(believes(asked, id)).isTrue();
    }

    @Test
    void issuers_that_start_together_agree_on_one_pair() {
        List<String> ids = ManyCallers.run(
                8,
                caller -> keys(Deployment.ISSUER_APART, Map.of())
                        .signing()
                        .map(SigningKey::id)
                        .orElseThrow());
        assertThat(new HashSet<>(ids)).hasSize(1);
        assertThat(believes(keys(Deployment.VERIFIER_APART, Map.of()), ids.get(0)))
                .isTrue();
    }

    @Test
    void the_generated_files_are_their_owners_and_nothing_is_left_beside_them() throws IOException {
        assumeTrue(OwnerFile.posix(), "no POSIX modes here");
        keys(Deployment.ISSUER_APART, Map.of());
        try (Stream<Path> made = Files.list(folder)) {
            assertThat(made)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_private_half_without_its_public_half_is_told() throws IOException {
        keys(Deployment.ISSUER_APART, Map.of());
        Files.delete(KeyPairFiles.publicKeys(folder));
        assertThatThrownBy(() -> keys(Deployment.ISSUER_APART, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("jwt-public-keys.pem cannot be read")
                .hasMessageContaining("remove both halves");
    }

    @Test
    void the_process_of_all_functions_may_use_a_pair_too() throws IOException {
        TokenKeys keys = keys(Deployment.ONE_PROCESS, files(one.privatePem(), other.publicPem() + one.publicPem()));
        assertThat(keys.signing().map(SigningKey::id)).contains(id(one));
        assertThat(believes(keys, id(one)) && believes(keys, id(other))).isTrue();
    }

    @Test
    void a_rotation_needs_no_restart_of_those_who_verify() throws IOException {
        Path file = write("public.pem", one.publicPem());
        TokenKeys verifier = keys(Deployment.VERIFIER_APART, Map.of("CLAWSEC_JWT_PUBLIC_KEYS_FILE", file.toString()));
        assertThat(believes(verifier, id(one))).isTrue();
        assertThat(believes(verifier, id(other))).isFalse();

        OwnerFile.replace(file, one.publicPem() + other.publicPem());
        pass(PublicKeysFile.SHORTEST_INTERVAL);
        assertThat(believes(verifier, id(other))).as("added").isTrue();
        assertThat(believes(verifier, id(one))).as("still there").isTrue();

        OwnerFile.replace(file, other.publicPem());
        pass(PublicKeysFile.LONGEST_BELIEF.minusNanos(1));
        assertThat(believes(verifier, id(one))).as("taken away a moment ago").isTrue();
        pass(Duration.ofNanos(1));
        assertThat(believes(verifier, id(one))).as("taken away").isFalse();
        assertThat(believes(verifier, id(other))).isTrue();
    }

    @Test
    void unknown_ids_make_it_read_once_a_second_at_most() throws IOException {
        Path file = write("public.pem", one.publicPem());
        TokenKeys verifier = keys(Deployment.VERIFIER_APART, Map.of("CLAWSEC_JWT_PUBLIC_KEYS_FILE", file.toString()));
        pass(PublicKeysFile.SHORTEST_INTERVAL);
        assertThat(believes(verifier, "unknown")).isFalse(); // reads
        OwnerFile.replace(file, other.publicPem());
        pass(PublicKeysFile.SHORTEST_INTERVAL.minusNanos(1));
        for (int i = 0; i < 1000; i++) {
            assertThat(believes(verifier, "unknown-" + i)).isFalse();
        }
        assertThat(believes(verifier, id(other))).as("not read again yet").isFalse();
        pass(Duration.ofNanos(1));
        assertThat(believes(verifier, id(other))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "-----BEGIN PUBLIC KEY-----\n"})
    void the_last_sound_file_counts_until_there_is_another(String broken) throws IOException {
        Path file = write("public.pem", one.publicPem());
        TokenKeys verifier = keys(Deployment.VERIFIER_APART, Map.of("CLAWSEC_JWT_PUBLIC_KEYS_FILE", file.toString()));
        Files.writeString(file, broken);
        pass(PublicKeysFile.LONGEST_BELIEF);
        assertThat(believes(verifier, id(one))).isTrue();
        Files.delete(file);
        pass(PublicKeysFile.LONGEST_BELIEF);
        assertThat(believes(verifier, id(one))).isTrue();
        write("public.pem", other.publicPem());
        pass(PublicKeysFile.LONGEST_BELIEF);
        assertThat(believes(verifier, id(one))).isFalse();
        assertThat(believes(verifier, id(other))).isTrue();
    }

    @Test
    void what_is_wrong_with_a_named_file_is_told_at_the_start() throws IOException {
        assertTold(
                "CLAWSEC_JWT_PUBLIC_KEYS_FILE key 2 is a private key",
                files(one.privatePem(), one.publicPem() + one.privatePem()));
        assertTold("CLAWSEC_JWT_PRIVATE_KEY_FILE is not the private half", files(one.privatePem(), other.publicPem()));
        assertTold("CLAWSEC_JWT_PRIVATE_KEY_FILE must have", files(one.publicPem(), one.publicPem()));
        Map<String, String> good = files(one.privatePem(), one.publicPem());
        Files.delete(folder.resolve("public.pem"));
        assertTold("CLAWSEC_JWT_PUBLIC_KEYS_FILE cannot be read", good);
        Files.delete(folder.resolve("private.pem"));
        assertTold("CLAWSEC_JWT_PRIVATE_KEY_FILE cannot be read", good);
    }

    private void assertTold(String problem, Map<String, String> environment) {
        String secret = one.privatePem().substring(60, 80);
        assertThatThrownBy(() -> keys(Deployment.ISSUER_APART, environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(problem)
                .hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-----w-", "r--r--r--"})
    void a_private_key_that_everybody_may_read_is_refused(String mode) throws IOException {
        assumeTrue(OwnerFile.posix(), "no POSIX modes here");
        Map<String, String> environment = files(one.privatePem(), one.publicPem());
        Files.setPosixFilePermissions(folder.resolve("private.pem"), PosixFilePermissions.fromString(mode));
        assertTold("CLAWSEC_JWT_PRIVATE_KEY_FILE must not be open to every user", environment);
    }

    @Test
    void a_process_that_only_verifies_cannot_issue() {
        Map<String, String> environment = Map.of("CLAWSEC_DATA_DIR", folder.toString());
        try (Parts parts = new Parts(
                Configuration.from(environment, Deployment.VERIFIER_APART), "clawsec", java.time.Clock.systemUTC())) {
            assertThatThrownBy(parts::tokenIssuer).isInstanceOf(IllegalStateException.class);
        }
    }
}
