package io.clawsec.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clawsec.testkit.ManyCallers;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated secret: strong, one for all, and for its owner's eyes only. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class SecretFileTest {

    @TempDir
    Path folder;

    private static String secretIn(Path folder) {
        return SecretFile.readOrCreate(folder, new SecureRandom());
    }

    private static void assumePosix() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX modes here");
    }

    @Test
    void it_has_256_bits_and_stays_what_it_is() {
        String secret = secretIn(folder);
        assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
        assertThat(secretIn(folder)).isEqualTo(secret);
        assertThat(secretIn(folder.resolve("other"))).isNotEqualTo(secret);
    }

    @Test
    void file_and_folder_are_for_their_owner_only() throws IOException {
        assumePosix();
        Path made = folder.resolve("a/b");
        secretIn(made);
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(made.resolve("jwt-secret")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whoever_starts_together_agrees() {
        assertThat(new HashSet<>(ManyCallers.run(16, caller -> secretIn(folder))))
                .hasSize(1);
    }

    @Test
    void a_secret_that_others_may_read_is_refused() throws IOException {
        assumePosix();
        String secret = secretIn(folder);
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx------"}) {
            Files.setPosixFilePermissions(folder.resolve("jwt-secret"), PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> secretIn(folder))
                    .as(mode)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("0600")
                    .message()
                    .doesNotContain(secret);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_with_the_variable_that_chooses_another() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> secretIn(file.resolve("folder")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CLAWSEC_DATA_DIR");
    }

    @Test
    void a_file_that_is_none_of_ours_is_refused() throws IOException {
        secretIn(folder);
        Files.write(folder.resolve("jwt-secret"), new byte[2000]);
        assertThatThrownBy(() -> secretIn(folder)).isInstanceOf(ConfigurationException.class);
    }
}
