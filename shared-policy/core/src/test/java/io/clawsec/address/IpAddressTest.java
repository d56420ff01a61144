package io.clawsec.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literals are read, and nothing is ever looked up. */
class IpAddressTest {

    /** No addresses, however much they look like it; none has white space, so that a hosts file can name them all. */
    static final List<String> GARBAGE = List.of(
            "localhost",
            "unknown",
            "_hidden",
            "1",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "01.2.3.4",
            "0x7f.0.0.1",
            "2130706433",
            "1.2.3.4.",
            ".1.2.3.4",
            ".:1",
            ".::",
            "...:...",
            ":",
            ":::",
            "1:2",
            "::g",
            "fe80::1%lo",
            "2001:db8::1::2",
            "1:2:3:4:5:6:7:8:9",
            "[::1",
            "abc",
            "face.b00c",
            "dead:beef",
            "::ffff:1.2.3.4.5",
            "1".repeat(46),
            ":".repeat(46));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "192.0.2.1,              192.0.2.1",
                "0.0.0.0,                0.0.0.0",
                "255.255.255.255,        255.255.255.255",
                "::1,                    0:0:0:0:0:0:0:1",
                "[::1],                  0:0:0:0:0:0:0:1",
                "2001:DB8::A,            2001:db8:0:0:0:0:0:a",
                "::ffff:192.0.2.1,       192.0.2.1",
                "192.0.2.1:8080,         192.0.2.1",
                "[2001:db8::a]:8080,     2001:db8:0:0:0:0:0:a",
                "2001:db8::a,            2001:db8:0:0:0:0:0:a",
                "192.0.2.1:80:80,        -",
                "localhost:80,           -",
                "[localhost]:80,         -",
                "'',                     -",
            })
    void a_literal_is_read_with_or_without_its_port(String text, @Nullable String address) {
        assertThat(IpAddress.parseWithPort(text).map(InetAddress::getHostAddress))
                .isEqualTo(Optional.ofNullable(address));
    }

    @Test
    void garbage_is_no_address() {
        assertThat(GARBAGE).allSatisfy(text -> assertThat(IpAddress.parse(text)).isEmpty());
    }

    /** In a Java whose name service is a file that knows all the garbage: what is looked up is found there. */
    @Test
    void garbage_is_never_looked_up(@TempDir Path folder) throws IOException, InterruptedException {
        Path hosts =
                Files.writeString(folder.resolve("hosts"), "203.0.113.7 a-name " + String.join(" ", GARBAGE) + "\n");
        Path said = folder.resolve("said");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LookedUp.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(java.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).isEqualTo("names are found: true\n");
        assertThat(java.exitValue()).isZero();
    }

    /** Tells which of the garbage is an address where every name is one. */
    static final class LookedUp {
        private LookedUp() {}

        public static void main(String[] arguments) throws IOException {
            boolean found = InetAddress.getByName("a-name").getHostAddress().equals("203.0.113.7");
            System.out.println("names are found: " + found);
            for (String text : GARBAGE) {
                IpAddress.parse(text).ifPresent(address -> System.out.println("looked up: " + text));
                IpAddress.parseWithPort("[" + text + "]:80")
                        .ifPresent(address -> System.out.println("looked up: " + text));
            }
        }
    }
}
