package io.clawsec.policyfile;

import static io.clawsec.policyfile.PolicyFolder.LONG;
import static io.clawsec.policyfile.PolicyFolder.limit;
import static io.clawsec.policyfile.PolicyFolder.roles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When changed policy files are in force, and what keeps the last good ones there. */
class ActivePolicyTest {

    @TempDir
    Path folder;

    private PolicyFolder files;

    @BeforeEach
    void make() throws IOException {
        files = new PolicyFolder(folder);
        files.limit(1);
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void a_change_is_in_force_at_the_first_request_after_the_time() throws IOException {
        ActivePolicy<Policy> active = files.start();
        files.limit(2);
        files.pass(ActivePolicy.LOOK_EVERY.minusNanos(1));
        assertThat(limit(active.current())).isEqualTo(1);
        files.pass(Duration.ofNanos(1));
        assertThat(limit(active.current())).isEqualTo(2);
        assertThat(files.announced).isEqualTo(List.of("1 to 2"));
        assertThat(ActivePolicy.LOOK_EVERY.multipliedBy(2).plus(ActivePolicy.SETTLED_AFTER))
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void files_of_the_same_content_are_made_once() throws IOException {
        ActivePolicy<Policy> active = files.start();
        Policy first = active.current();
        for (int look = 0; look < 5; look++) {
            files.pass(LONG);
            files.limit(1);
            assertThat(active.current()).isSameAs(first);
        }
        assertThat(files.made).isEqualTo(1);
        assertThat(files.announced).isEmpty();
    }

    @Test
    void a_file_that_is_being_written_does_not_count_yet() throws IOException {
        ActivePolicy<Policy> active = files.start();
        for (int part = 2; part <= 4; part++) {
            files.pass(ActivePolicy.LOOK_EVERY);
            files.limit(part);
            files.touched(Duration.ofMillis(-200));
            assertThat(limit(active.current())).as("part %d", part).isEqualTo(1);
        }
        files.pass(ActivePolicy.LOOK_EVERY);
        assertThat(limit(active.current())).isEqualTo(4);
        assertThat(files.announced).isEqualTo(List.of("1 to 4"));
        assertThat(files.made).isEqualTo(2);
    }

    @Test
    void a_file_that_is_taken_away_only_to_be_written_anew_brings_no_packaged_one_back() throws IOException {
        ActivePolicy<Policy> active = files.start();
        files.pass(LONG);
        Files.delete(folder.resolve("roles.yaml"));
        files.touched(Duration.ofMillis(-200));
        assertThat(limit(active.current())).isEqualTo(1);
        files.limit(2);
        files.pass(LONG);
        assertThat(limit(active.current())).isEqualTo(2);
        Files.delete(folder.resolve("roles.yaml"));
        files.touched(LONG.negated());
        files.pass(LONG);
        assertThat(limit(active.current())).as("gone for good").isEqualTo(-1);
        assertThat(active.current().access().role("agent")).isPresent();
    }

    @Test
    void times_in_the_future_do_not_keep_a_change_out() throws IOException {
        ActivePolicy<Policy> active = files.start();
        files.limit(2);
        files.touched(Duration.ofDays(1));
        files.pass(ActivePolicy.LOOK_EVERY);
        assertThat(limit(active.current())).isEqualTo(1);
        files.pass(ActivePolicy.LOOK_EVERY);
        assertThat(limit(active.current())).as("two looks found the same").isEqualTo(2);
    }

    @Test
    void a_bad_version_leaves_the_last_good_one_and_is_told_once() throws IOException {
        ActivePolicy<Policy> active = files.start();
        files.write("roles.yaml", "roles:\n  one:\n    permissions: [everything]\n");
        for (int look = 0; look < 3; look++) {
            files.pass(LONG);
            assertThat(limit(active.current())).isEqualTo(1);
            assertThat(files.failing).isTrue();
        }
        assertThat(files.logged).singleElement().asString().contains("roles.yaml:3: unknown permission everything");
        files.limit(2);
        files.pass(LONG);
        assertThat(limit(active.current())).isEqualTo(2);
        assertThat(files.failing).isFalse();
    }

    @Test
    void a_bad_version_that_is_taken_back_leaves_nothing_behind() throws IOException {
        ActivePolicy<Policy> active = files.start();
        Policy first = active.current();
        for (int mistake = 1; mistake <= 2; mistake++) {
            files.write("role.yaml", roles(2));
            files.pass(LONG);
            assertThat(active.current()).isSameAs(first);
            assertThat(files.failing).isTrue();
            Files.delete(folder.resolve("role.yaml"));
            files.pass(LONG);
            assertThat(active.current()).isSameAs(first);
            assertThat(files.failing).isFalse();
            assertThat(files.logged).as("a mistake made again is told again").hasSize(mistake);
        }
        assertThat(files.announced).isEmpty();
    }

    @Test
    void a_folder_that_is_gone_leaves_the_last_good_version() throws IOException {
        ActivePolicy<Policy> active = files.start();
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);
        for (int look = 0; look < 2; look++) {
            files.pass(LONG);
            assertThat(limit(active.current())).isEqualTo(1);
            assertThat(files.failing).isTrue();
        }
        Files.move(away, folder);
        files.pass(LONG);
        assertThat(limit(active.current())).isEqualTo(1);
        assertThat(files.failing).isFalse();
        assertThat(files.logged).singleElement().asString().contains("the policy folder cannot be read");
    }

    /** As Kubernetes mounts a ConfigMap: the names are links through a link, and that one is replaced. */
    @Test
    void a_replaced_link_is_a_change() throws IOException {
        Files.delete(folder.resolve("roles.yaml"));
        for (int version = 1; version <= 2; version++) {
            Path data = Files.createDirectory(folder.resolve("..2026_" + version));
            Path file = Files.writeString(data.resolve("roles.yaml"), roles(version));
            // Of the same length and time: only the content tells them apart.
            Files.setLastModifiedTime(file, FileTime.from(files.clock.instant()));
        }
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(folder.resolve("roles.yaml"), Path.of("..data/roles.yaml"));
        ActivePolicy<Policy> active = files.start();
        assertThat(limit(active.current())).isEqualTo(1);
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Files.setLastModifiedTime(folder, FileTime.from(files.clock.instant()));
        files.pass(LONG);
        assertThat(limit(active.current())).isEqualTo(2);
    }

    @Test
    void a_link_to_nothing_brings_no_packaged_file_back() throws IOException {
        ActivePolicy<Policy> active = files.start();
        Files.delete(folder.resolve("roles.yaml"));
        Files.createSymbolicLink(folder.resolve("roles.yaml"), Path.of("..data/roles.yaml"));
        for (int look = 0; look < 2; look++) {
            files.pass(LONG);
            assertThat(limit(active.current())).isEqualTo(1);
        }
        assertThat(files.logged).singleElement().asString().contains("roles.yaml:1: the file cannot be read");
    }

    @Test
    void a_change_that_cannot_be_recorded_waits_until_it_can_be() throws IOException {
        ActivePolicy<Policy> active = files.start();
        files.auditIsDown = true;
        files.limit(2);
        for (int look = 0; look < 3; look++) {
            files.pass(LONG);
            assertThat(limit(active.current())).isEqualTo(1);
            assertThat(files.failing).isTrue();
        }
        assertThat(files.logged).hasSize(1);
        assertThat(files.made).as("the first, and the changed one once").isEqualTo(2);
        files.auditIsDown = false;
        files.pass(LONG);
        assertThat(limit(active.current())).isEqualTo(2);
        assertThat(files.failing).isFalse();
        assertThat(files.announced).isEqualTo(List.of("1 to 2"));
    }

    @Test
    void what_breaks_while_a_version_is_made_leaves_the_last_good_one() throws IOException {
        ActivePolicy<Policy> active = files.start();
        files.breaksAt = 2;
        files.limit(2);
        for (int look = 0; look < 3; look++) {
            files.pass(LONG);
            assertThat(limit(active.current())).isEqualTo(1);
            assertThat(files.failing).isTrue();
        }
        assertThat(files.logged).as("tried once").singleElement().asString().doesNotContain("the message");
        files.limit(3);
        files.pass(LONG);
        assertThat(limit(active.current())).isEqualTo(3);
        assertThat(files.failing).isFalse();
    }

    @Test
    @Timeout(60)
    void the_others_go_on_with_the_old_while_one_makes_the_new() throws Exception {
        ActivePolicy<Policy> active = files.start();
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        files.whileMaking = () -> {
            making.countDown();
            await(mayEnd);
        };
        files.limit(2);
        files.pass(LONG);
        Thread maker = new Thread(active::current);
        maker.start();
        await(making);
        files.pass(LONG); // a look is due again
        assertThat(limit(active.current())).isEqualTo(1);
        mayEnd.countDown();
        maker.join();
        assertThat(limit(active.current())).isEqualTo(2);
        assertThat(files.made).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_packaged_files_are_not_looked_at_again() {
        ActivePolicy<Policy> active = files.start(PolicyFiles.packaged());
        Policy first = active.current();
        files.pass(LONG);
        assertThat(active.current()).isSameAs(first);
    }

    @Test
    void a_bad_file_at_the_start_is_refused() throws IOException {
        files.write("roles.yaml", "roles: {}\n");
        assertThatThrownBy(files::start)
                .isInstanceOf(PolicyFileException.class)
                .hasMessage("roles.yaml:1: there is no role");
    }
}
