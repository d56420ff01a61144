package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clawsec.conformance.LauncherSandbox.Ended;
import io.clawsec.conformance.LauncherSandbox.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher as a program, with a Java and a Maven that only tell how they were called. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LauncherIT {

    @TempDir
    Path folder;

    private LauncherSandbox sandbox;

    @BeforeEach
    void makeSandbox() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this host has no /bin/sh");
        sandbox = LauncherSandbox.create(folder);
    }

    @Test
    void serve_becomes_the_server_with_its_defaults() throws Exception {
        Ended ended = sandbox.run("serve");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output())
                .contains("process " + ended.process() + "\n") // exec: signals reach the JVM
                .contains("port 8080\n")
                .contains("data " + sandbox.checkout() + "/.clawsec\n")
                .contains("argument " + sandbox.checkout() + "/functions/all-in-one/target/clawsec-all-in-one.jar\n")
                .contains("data folder: " + sandbox.checkout() + "/.clawsec\n");
        assertThat(Files.getPosixFilePermissions(sandbox.checkout().resolve(".clawsec")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void serve_keeps_the_port_and_the_data_folder_that_it_is_given() throws Exception {
        sandbox.set("PORT", "8181");
        sandbox.set("CLAWSEC_DATA_DIR", folder.resolve("my data").toString());
        assertThat(sandbox.run("serve").output()).contains("port 8181\n", "data " + folder.resolve("my data") + "\n");
    }

    @Test
    void it_works_from_another_folder_and_through_symbolic_links() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("else where"));
        Path first = Files.createSymbolicLink(elsewhere.resolve("first"), sandbox.launcherCopy());
        Files.createSymbolicLink(elsewhere.resolve("second"), first.getFileName());
        Path checkoutLink = Files.createSymbolicLink(elsewhere.resolve("checkout"), sandbox.checkout());
        for (Path way : List.of(sandbox.launcherCopy(), elsewhere.resolve("second"), checkoutLink.resolve("clawsec"))) {
            assertThat(sandbox.start(way, elsewhere, "serve").await().output())
                    .as(way.toString())
                    .contains("data " + sandbox.checkout().toRealPath() + "/.clawsec\n");
        }
        assertThat(sandbox.mavenCalls()).hasSize(1);
    }

    @Test
    void a_command_gets_its_arguments_word_by_word_and_the_servers_place() throws Exception {
        Ended ended = sandbox.run("demo", "--option", "two words", "*");
        assertThat(ended.output())
                .contains("process " + ended.process() + "\n")
                .contains("argument " + sandbox.checkout() + "/functions/cli/target/clawsec-cli.jar\n"
                        + "argument demo\nargument --option\nargument two words\nargument *\n")
                .contains("argument -Dclawsec.server=" + sandbox.checkout()
                        + "/functions/all-in-one/target/clawsec-all-in-one.jar\n")
                .contains("argument -Dclawsec.terminal=false\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"UTF-8, de_DE.UTF-8", "ISO-8859-1, de_DE.UTF-8", "ANSI_X3.4-1968, C.UTF-8", "US-ASCII, C.UTF-8"})
    void where_java_would_lose_the_letters_of_a_text_it_gets_a_locale_that_has_them(String encoding, String locale)
            throws Exception {
        sandbox.set("LC_ALL", "de_DE.UTF-8"); // which this host may not have
        sandbox.set("FAKE_JAVA_ENCODING", encoding);
        for (String command : List.of("policy", "serve")) {
            assertThat(sandbox.run(command).output()).contains("locale " + locale + "\n");
        }
    }

    @Test
    void it_builds_what_is_stale_and_nothing_else() throws Exception {
        assertThat(sandbox.run("version").output())
                .contains("building (first time: about a minute)…")
                .doesNotContain("what Maven has to say");
        assertThat(sandbox.mavenCalls())
                .containsExactly("-q -B -f " + sandbox.checkout()
                        + "/pom.xml -Pquick -pl functions/all-in-one,functions/cli -am package");
        assertThat(sandbox.run("version").output()).doesNotContain("building");
        sandbox.edit();
        assertThat(sandbox.run("version").output()).contains("building what has changed…");
        assertThat(sandbox.run("version").output()).doesNotContain("building");
        sandbox.deleteSource();
        assertThat(sandbox.run("version").output()).contains("building what has changed…");
        Files.delete(sandbox.checkout().resolve("functions/cli/target/clawsec-cli.jar"));
        sandbox.run("version");
        assertThat(sandbox.mavenCalls()).hasSize(4);
    }

    @Test
    void a_failed_build_is_shown_and_tried_again() throws Exception {
        sandbox.set("FAKE_MAVEN_FAILS", "yes");
        Ended ended = sandbox.run("serve");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("what Maven has to say", "the build failed")
                .doesNotContain("argument");
        assertThat(sandbox.lock()).doesNotExist();
        sandbox.unset("FAKE_MAVEN_FAILS");
        assertThat(sandbox.run("serve").exitCode()).isZero();
        assertThat(sandbox.mavenCalls()).hasSize(2);
    }

    @Test
    void two_launches_at_once_build_once() throws Exception {
        sandbox.set("FAKE_MAVEN_SECONDS", "2");
        Launch one = sandbox.start(sandbox.launcherCopy(), folder, "version");
        Launch other = sandbox.start(sandbox.launcherCopy(), folder, "version");
        String both = one.await().output() + other.await().output();
        assertThat(both).contains("waiting for it…").containsPattern("(?s)argument version.*argument version");
        assertThat(sandbox.mavenCalls()).hasSize(1);
    }

    @Test
    void the_lock_of_a_launch_that_died_is_broken() throws Exception {
        Process gone = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        gone.waitFor();
        Files.createDirectories(sandbox.lock());
        Files.writeString(sandbox.lock().resolve("owner"), gone.pid() + "\n");
        assertThat(sandbox.run("version").exitCode()).isZero();
        assertThat(sandbox.lock()).doesNotExist();
    }

    @Test
    void the_lock_of_a_launch_that_died_before_it_wrote_its_name_is_broken_too() throws Exception {
        Files.createDirectories(sandbox.lock());
        assertThat(sandbox.run("version").exitCode()).isZero();
    }

    @Test
    void told_to_end_during_a_build_it_stops_maven_and_gives_the_lock_back() throws Exception {
        sandbox.set("FAKE_MAVEN_SECONDS", "600");
        Launch launch = sandbox.start(sandbox.launcherCopy(), folder, "version");
        while (sandbox.mavenCalls().isEmpty()) {
            Thread.sleep(20);
        }
        List<ProcessHandle> below = launch.process().descendants().toList();
        launch.process().destroy();
        assertThat(launch.await().exitCode()).isEqualTo(128 + 15);
        assertThat(sandbox.lock()).doesNotExist();
        assertThat(below).isNotEmpty();
        assertThat(below.get(0).isAlive()).isFalse();
        below.forEach(ProcessHandle::destroyForcibly); // the fake Maven's own sleep
    }

    @Test
    void an_unknown_command_is_exit_code_2_with_a_hint_and_without_a_build() throws Exception {
        Ended ended = sandbox.run("sreve");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output()).contains("no command 'sreve'", "clawsec help");
        assertThat(sandbox.run("serve", "--port").exitCode()).isEqualTo(2);
        assertThat(sandbox.mavenCalls()).isEmpty();
    }

    @Test
    void help_needs_neither_java_nor_a_build() throws Exception {
        sandbox.remove("java");
        sandbox.remove("mvn");
        for (String[] way : new String[][] {{}, {"help"}, {"--help"}, {"-h"}, {"serve", "--help"}}) {
            Ended ended = sandbox.run(way);
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.output()).contains("usage: clawsec <command>", "serve", "demo", "policy", "version");
        }
    }

    @Test
    void without_java_it_says_what_it_needs() throws Exception {
        sandbox.remove("java");
        Ended ended = sandbox.run("serve");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("no Java found", "JDK 17 or newer", "JAVA_HOME");
    }

    @Test
    void a_java_that_is_too_old_is_named_with_its_version() throws Exception {
        for (String version : List.of("11.0.2", "1.8.0_402")) {
            sandbox.installJava(version);
            Ended ended = sandbox.run("serve");
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains("/bin/java (from PATH)", "too old", "JDK 17 or newer");
        }
    }

    @Test
    void java_home_comes_before_path() throws Exception {
        Path home = sandbox.installJavaHome("25");
        sandbox.installJava("11.0.2");
        sandbox.set("JAVA_HOME", home.toString());
        assertThat(sandbox.run("serve").output()).contains("java " + home + "/bin/java\n");
    }

    @Test
    void a_java_home_without_a_java_is_passed_over() throws Exception {
        sandbox.set("JAVA_HOME", folder.resolve("nothing").toString());
        assertThat(sandbox.run("serve").exitCode()).isZero();
    }

    @Test
    void maven_is_missed_only_when_there_is_something_to_build() throws Exception {
        sandbox.run("version");
        sandbox.remove("mvn");
        assertThat(sandbox.run("version").exitCode()).isZero();
        sandbox.edit();
        Ended ended = sandbox.run("version");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("Maven (mvn) is not on PATH");
        assertThat(sandbox.lock()).doesNotExist();
    }
}
