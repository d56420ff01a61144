package io.clawsec.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the PEM files that an operator names. */
final class KeyFile {

    /** How many bytes are read of a file; what is longer is refused by whoever reads its text. */
    private static final int LONGEST_FILE = 64 * 1024;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private KeyFile() {}

    static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
        }
    }

    /**
     * The text of a private key's file. Its group may read it, as orchestrators mount secrets; everybody may not.
     *
     * @throws ConfigurationException when it cannot be read, or everybody can
     */
    static String privateText(Path file) {
        try {
            if (OwnerFile.posix()
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw unusable("must not be open to every user of the machine: mode 0400 or 0440");
            }
            return text(file);
        } catch (IOException e) {
            throw unusable("cannot be read");
        }
    }

    private static ConfigurationException unusable(String why) {
        return new ConfigurationException(List.of(EnvironmentVariable.CLAWSEC_JWT_PRIVATE_KEY_FILE + " " + why));
    }
}
