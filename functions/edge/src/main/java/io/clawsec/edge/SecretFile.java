package io.clawsec.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The signing secret that development mode generates: 256 random bits in a file that only its owner may read. */
final class SecretFile {

    private static final String NAME = "jwt-secret";
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_FILE = 1024;
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private SecretFile() {}

    /**
     * Reads the secret, or makes it. Processes that start together on one folder agree on one secret, since the first
     * to lock the file writes it; threads take turns, for a lock on a file is the whole process's.
     *
     * @throws ConfigurationException when the folder cannot be written
     */
    static synchronized String readOrCreate(Path folder, SecureRandom random) {
        try {
            Files.createDirectories(folder, attributes(OWNER_FOLDER));
            Path file = folder.resolve(NAME);
            Set<StandardOpenOption> options =
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(file, options, attributes(OWNER_FILE));
                    var lock = channel.lock()) {
                if (posix() && !Files.getPosixFilePermissions(file).equals(OWNER_FILE)) {
                    throw unusable(file, "must have mode 0600, for whoever reads it can make tokens of every role");
                }
                return lock.isValid() && channel.size() > 0 ? read(channel, file) : write(channel, random);
            }
        } catch (IOException | UncheckedIOException e) {
            throw unusable(folder, "cannot be written; CLAWSEC_DATA_DIR chooses another folder");
        }
    }

    private static String read(FileChannel channel, Path file) throws IOException {
        if (channel.size() > LONGEST_FILE) {
            throw unusable(file, "is not a secret that was generated here");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // A file is read in as many pieces as the system likes.
        }
        return new String(bytes.array(), StandardCharsets.US_ASCII).strip();
    }

    private static String write(FileChannel channel, SecureRandom random) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
        return text;
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static ConfigurationException unusable(Path path, String why) {
        return new ConfigurationException(java.util.List.of(path + " " + why));
    }
}
