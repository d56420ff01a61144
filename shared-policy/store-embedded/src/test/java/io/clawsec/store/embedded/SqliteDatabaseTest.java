package io.clawsec.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.clawsec.audit.AuditQuery;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.ManyCallers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a database can live, and what is demanded of every connection to it. */
class SqliteDatabaseTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("data").resolve("clawsec.db");
    }

    private void run(String... statements) throws SQLException, IOException {
        Files.createDirectories(folder.resolve("data"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void writers_and_readers_are_durable_and_bounded_in_waiting() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(file());
        for (Connection each : List.of(database.connectWriter(), database.connectReader())) {
            try (Connection connection = each;
                    Statement statement = connection.createStatement()) {
                SqliteDatabase.requireDurable(connection);
                assertThat(statement.executeQuery("PRAGMA busy_timeout").getInt(1))
                        .isEqualTo(SqliteDatabase.BUSY_TIMEOUT_MILLIS);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRAGMA synchronous = NORMAL",
                "PRAGMA synchronous = OFF",
                "PRAGMA journal_mode = DELETE",
                "PRAGMA foreign_keys = OFF"
            })
    void a_connection_that_is_not_durable_is_not_accepted(String pragma) throws Exception {
        SqliteDatabase database = SqliteDatabase.open(file());
        try (Connection connection = database.connectWriter();
                Statement statement = connection.createStatement()) {
            statement.execute(pragma);
            assertThatThrownBy(() -> SqliteDatabase.requireDurable(connection))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining(pragma.split(" ", -1)[1]);
        }
    }

    @Test
    void a_reader_cannot_write() throws Exception {
        SqliteDatabase database = SqliteDatabase.open(file());
        try (Connection connection = database.connectReader();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM audit_events"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void opening_again_finds_what_was_there() {
        AuditSamples samples = new AuditSamples(3);
        for (int i = 0; i < 3; i++) {
            try (EmbeddedStore store = EmbeddedStore.open(file())) {
                assertThat(store.audit().find(AuditQuery.newest(10)).events()).hasSize(i);
                store.audit().append(List.of(samples.event()));
            }
        }
    }

    @Test
    void only_the_owner_sees_folder_and_files() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.open(file())) {
            store.audit().append(List.of(new AuditSamples(1).event()));
            store.audit().find(AuditQuery.newest(1));
            assertThat(rights(folder.resolve("data"))).isEqualTo("rwx------");
            try (var files = Files.list(folder.resolve("data"))) {
                assertThat(files.toList())
                        .hasSize(3)
                        .allSatisfy(each -> assertThat(rights(each)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void a_file_that_everyone_could_read_is_closed_to_them() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.createFile(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        EmbeddedStore.open(file()).close();
        assertThat(rights(file())).isEqualTo("rw-rw----");
    }

    @Test
    void a_newer_schema_is_refused() throws Exception {
        EmbeddedStore.open(file()).close();
        run("PRAGMA user_version = 99");
        assertRefused("schema version 99");
    }

    @Test
    void another_programs_database_is_refused_and_left_alone() throws Exception {
        run("CREATE TABLE audit_log (id TEXT)");
        assertRefused("another program");
        run("INSERT INTO audit_log VALUES ('still here')");
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(file(), "not a database, but longer than the header of one: ".repeat(40));
        assertRefused("not an SQLite database");
    }

    @Test
    void a_path_that_leads_to_a_folder_is_refused() throws Exception {
        Files.createDirectories(file());
        assertRefused("not a file");
    }

    @Test
    void a_path_with_a_question_mark_is_refused() {
        assertThatThrownBy(() -> EmbeddedStore.open(folder.resolve("a?synchronous=OFF")))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("question mark");
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.setPosixFilePermissions(folder.resolve("data"), PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(folder.resolve("data")))
                .as("the superuser may write anywhere")
                .isFalse();
        assertRefused("may write");
    }

    @Test
    void a_file_that_cannot_be_written_is_refused() throws Exception {
        EmbeddedStore.open(file()).close();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));
        assumeThat(Files.isWritable(file()))
                .as("the superuser may write anywhere")
                .isFalse();
        assertRefused("may write");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> EmbeddedStore.open(file()))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.glusterfs", "NFS"})
    void network_file_systems_are_known(String type) {
        assertThat(DatabaseFile.isNetwork(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "overlay", "tmpfs", "zfs", "apfs", "NTFS", "fuse.fuse-overlayfs"})
    void local_file_systems_are_not_taken_for_them(String type) {
        assertThat(DatabaseFile.isNetwork(type)).isFalse();
    }

    @Test
    void many_may_open_a_new_file_at_once() {
        assertThatCode(() -> ManyCallers.run(16, caller -> {
                    EmbeddedStore.open(file()).close();
                    return caller;
                }))
                .doesNotThrowAnyException();
    }
}
