package io.clawsec.store.embedded;

import io.clawsec.store.StoreUnavailableException;
import io.clawsec.testkit.AppendsUnderFault;
import io.clawsec.testkit.ForkedAppends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full, or a process dies, under load. */
@Timeout(600)
class SqliteFaultsTest {

    private static final long SEED = 59;
    private static final int REFUSALS = 32;
    private static final int APPENDED_BESIDE = 64;

    @TempDir
    private Path folder;

    @Test
    void a_full_disk_refuses_and_loses_nothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")))) {
            Path file = disk.folder().resolve("clawsec.db");
            try (EmbeddedStore store = EmbeddedStore.open(file);
                    EmbeddedStore other = EmbeddedStore.open(file)) {
                AppendsUnderFault appends = new AppendsUnderFault(store.audit(), other.audit(), SEED);
                appends.rounds("SQLite, the disk is full", round -> {
                    disk.fill();
                    appends.awaitRefused(REFUSALS);
                    disk.makeRoom();
                });
            }
        }
    }

    /** The same without a mount: SQLite itself refuses to grow the file, connection after connection. */
    @Test
    void a_file_that_may_not_grow_refuses_and_loses_nothing() throws Exception {
        try (Stores stores = new Stores(folder)) {
            AppendsUnderFault appends = new AppendsUnderFault(
                    stores.mine().audit(), stores.another().audit(), SEED);
            appends.rounds("SQLite, no page more", round -> {
                AtomicBoolean refused = new AtomicBoolean();
                while (!refused.get()) {
                    fillInOneBatch(stores.mine().writer(), refused);
                }
            });
        }
    }

    /** The limit holds for the writer's connection, which is given up with the batch that fails. */
    private static void fillInOneBatch(SqliteWriter writer, AtomicBoolean refused) throws SQLException {
        try {
            writer.write(session -> {
                long pages = number(session, "PRAGMA page_count");
                return number(session, "PRAGMA max_page_count = " + pages);
            });
        } catch (StoreUnavailableException e) {
            refused.set(true);
        }
    }

    private static long number(WriteSession session, String pragma) throws SQLException {
        try (ResultSet row = session.prepared(pragma).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void a_process_that_is_killed_leaves_whole_chains() throws Exception {
        try (Stores stores = new Stores(folder)) {
            AppendsUnderFault beside = new AppendsUnderFault(
                    stores.mine().audit(), stores.another().audit(), SEED);
            beside.rounds("SQLite, kill -9 of another writer under load", round -> {
                try (ForkedAppends writer = ForkedAppends.start("sqlite:" + stores.file(), SEED + 1 + round)) {
                    writer.awaitAcknowledged(APPENDED_BESIDE).forEach(beside::alsoAcknowledged);
                    writer.kill();
                    writer.rest().forEach(beside::alsoAcknowledged);
                }
            });
        }
    }
}
