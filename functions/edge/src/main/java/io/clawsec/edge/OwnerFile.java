package io.clawsec.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Files in the data folder that only their owner may read; what is in them was generated here. */
final class OwnerFile {

    private static final int LONGEST_FILE = 1024;
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerFile() {}

    /**
     * Reads a file, or makes it. Processes that start together on one folder agree on what is in it, since the first to
     * lock the file writes it; threads take turns, for a lock on a file is the whole process's.
     *
     * @param content of a new file, ASCII; made while the lock is held
     * @throws ConfigurationException when the folder cannot be written, or others may read the file
     */
    static synchronized String readOrCreate(Path folder, String name, Supplier<String> content) {
        try {
            Files.createDirectories(folder, attributes(OWNER_FOLDER));
            Path file = folder.resolve(name);
            Set<StandardOpenOption> options =
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(file, options, attributes(OWNER_FILE));
                    var lock = channel.lock()) {
                if (posix() && !Files.getPosixFilePermissions(file).equals(OWNER_FILE)) {
                    throw unusable(file, "must have mode 0600, for whoever reads it can make tokens of every role");
                }
                if (lock.isValid() && channel.size() > 0) {
                    return read(channel, file);
                }
                String made = content.get();
                write(channel, made);
                return made;
            }
        } catch (IOException | UncheckedIOException e) {
            throw unusable(folder, "cannot be written; CLAWSEC_DATA_DIR chooses another folder");
        }
    }

    /** Puts a file in its place in one step: whoever reads it sees all of the old one or all of the new one. */
    static void replace(Path file, String content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path next = Files.createTempFile(folder, "." + file.getFileName(), ".next", attributes(OWNER_FILE));
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                write(channel, content);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private static void write(FileChannel channel, String content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static ConfigurationException unusable(Path path, String why) {
        return new ConfigurationException(List.of(path + " " + why));
    }
}
