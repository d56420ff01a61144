package io.clawsec.store.embedded;

import io.clawsec.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds the database: on a local disk, in a folder of its own rights, and readable by its owner only.
 *
 * <p>SQLite gives its {@code -wal} and {@code -shm} files the rights of this one.
 */
final class DatabaseFile {

    /**
     * File systems on which SQLite's locks or shared memory do not hold (sqlite.org/wal.html: "all processes using a
     * database must be on the same host computer"). {@code fuse.} in front is left away before looking.
     */
    static final Set<String> NETWORK_TYPES = Set.of(
            "9p",
            "afpfs",
            "afs",
            "beegfs",
            "blobfuse",
            "blobfuse2",
            "ceph",
            "ceph-fuse",
            "cifs",
            "davfs",
            "gcsfuse",
            "gfs2",
            "glusterfs",
            "juicefs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs3",
            "nfs4",
            "ocfs2",
            "rclone",
            "s3fs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "sshfs",
            "webdav");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private final Path path;
    private final @Nullable Object identity;

    private DatabaseFile(Path path, @Nullable Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /** Makes the folder and an empty file where there are none, and looks whether a database can live there. */
    static DatabaseFile prepare(Path file) {
        Path path = file.toAbsolutePath().normalize();
        if (path.toString().indexOf('?') >= 0) {
            throw new UnusableDatabaseException("the database path may not contain a question mark: " + path, null);
        }
        Path folder = Objects.requireNonNullElse(path.getParent(), path);
        try {
            makeFolder(folder);
            refuseNetwork(folder, Files.getFileStore(folder));
            makeFile(path);
            if (!Files.isWritable(folder) || !Files.isWritable(path)) {
                throw notWritable(path, null);
            }
            refuseOthers(path);
            return new DatabaseFile(path, identityOf(path));
        } catch (AccessDeniedException e) {
            throw notWritable(path, e);
        } catch (IOException e) {
            throw new UnusableDatabaseException("the database file " + path + " cannot be made or read", e);
        }
    }

    private static UnusableDatabaseException notWritable(Path path, @Nullable Throwable cause) {
        return new UnusableDatabaseException(
                "the database needs a folder and file that this user may write: " + path, cause);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (!isPosix(folder)) {
            Files.createDirectories(folder);
            return;
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
    }

    private static void makeFile(Path path) throws IOException {
        boolean posix = isPosix(path);
        try {
            if (posix) {
                Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.setPosixFilePermissions(path, OWNER_ONLY); // the umask may have taken from what was asked for
            } else {
                Files.createFile(path);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(path)) {
                throw new UnusableDatabaseException("the database path is not a file: " + path, e);
            }
        }
    }

    /** A file from before may be shared with a group on purpose; nobody shares an audit with everyone. */
    private static void refuseOthers(Path path) throws IOException {
        if (isPosix(path)) {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            if (rights.removeAll(OTHERS)) {
                setRights(path, rights);
            }
        }
    }

    private static void setRights(Path path, Set<PosixFilePermission> rights) {
        try {
            Files.setPosixFilePermissions(path, rights);
        } catch (IOException e) {
            throw new UnusableDatabaseException(
                    "everyone may read the database file, and this user cannot change that: " + path, e);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void refuseNetwork(Path folder, FileStore store) {
        if (isNetwork(store.type())) {
            throw new UnusableDatabaseException(
                    "SQLite needs a local disk, and " + folder + " is on a network file system (" + store.type()
                            + "); choose another folder or another store in DATABASE_URL",
                    null);
        }
    }

    static boolean isNetwork(String fileStoreType) {
        String type = fileStoreType.toLowerCase(Locale.ROOT);
        return NETWORK_TYPES.contains(type.startsWith("fuse.") ? type.substring("fuse.".length()) : type);
    }

    private static @Nullable Object identityOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /**
     * Throws when the path leads to another file by now, or to none: SQLite would go on writing to the old one, and
     * nobody would ever find what it acknowledged.
     */
    void requireInPlace() throws StoreUnavailableException {
        try {
            if (Objects.equals(identity, identityOf(path))) {
                return;
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("the database file is gone", e);
        }
        throw new StoreUnavailableException("the database file was replaced", null);
    }

    Path path() {
        return path;
    }
}
