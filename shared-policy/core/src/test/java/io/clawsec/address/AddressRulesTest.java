package io.clawsec.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a backend may be: the table against server-side request forgery. */
class AddressRulesTest {

    private static final AddressRules STRICT = new AddressRules(false, Set.of());
    private static final AddressRules DEVELOPMENT = new AddressRules(true, Set.of());

    private static String verdict(AddressRules rules, String host, String address) throws UnknownHostException {
        return rules.against(host, InetAddress.getByName(address))
                .map(Enum::name)
                .orElse("fine");
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1,                    fine",
        "8.8.8.8,                    fine",
        "100.63.255.255,             fine",
        "100.128.0.1,                fine",
        "172.15.255.255,             fine",
        "172.32.0.1,                 fine",
        "169.253.255.255,            fine",
        "2606:4700::1111,            fine",
        "64:ff9b::101:101,           fine",
        "2002:101:101::1,            fine",
        "127.0.0.1,                  NOT_PUBLIC",
        "127.255.255.254,            NOT_PUBLIC",
        "10.0.0.1,                   NOT_PUBLIC",
        "172.16.0.1,                 NOT_PUBLIC",
        "172.31.255.255,             NOT_PUBLIC",
        "192.168.1.1,                NOT_PUBLIC",
        "100.64.0.1,                 NOT_PUBLIC",
        "192.0.2.1,                  NOT_PUBLIC",
        "198.18.0.1,                 NOT_PUBLIC",
        "::1,                        NOT_PUBLIC",
        "fc00::1,                    NOT_PUBLIC",
        "fd12:3456::1,               NOT_PUBLIC",
        "fec0::1,                    NOT_PUBLIC",
        "2001:db8::1,                NOT_PUBLIC",
        "::ffff:10.0.0.1,            NOT_PUBLIC",
        "::ffff:127.0.0.1,           NOT_PUBLIC",
        "::10.0.0.1,                 NOT_PUBLIC",
        "::ffff:0:10.0.0.1,          NOT_PUBLIC",
        "64:ff9b::10.0.0.1,          NOT_PUBLIC",
        "64:ff9b:1::1.1.1.1,         NEVER",
        "2002:a00:1::1,              NOT_PUBLIC",
        "2001:0:0:0:0:0:f5ff:fffe,   NOT_PUBLIC",
        "2606:4700::5efe:a00:1,      NOT_PUBLIC",
        "169.254.169.254,            NEVER",
        "169.254.170.2,              NEVER",
        "169.254.0.1,                NEVER",
        "100.100.100.200,            NEVER",
        "168.63.129.16,              NEVER",
        "192.0.0.192,                NEVER",
        "0.0.0.0,                    NEVER",
        "0.1.2.3,                    NEVER",
        "224.0.0.1,                  NEVER",
        "239.255.255.250,            NEVER",
        "240.0.0.1,                  NEVER",
        "255.255.255.255,            NEVER",
        "::,                         NEVER",
        "fe80::1,                    NEVER",
        "febf::1,                    NEVER",
        "ff02::1,                    NEVER",
        "fd00:ec2::254,              NEVER",
        "fd00:ec2::23,               NEVER",
        "fd20:ce::254,               NEVER",
        "::ffff:169.254.169.254,     NEVER",
        "::ffff:0:169.254.169.254,   NEVER",
        "::169.254.169.254,          NEVER",
        "64:ff9b::169.254.169.254,   NEVER",
        "64:ff9b::a9fe:a9fe,         NEVER",
        "64:ff9b:1:a9fe:a9:fe00::,   NEVER",
        "64:ff9b:1::a9fe:a9fe,       NEVER",
        "2002:a9fe:a9fe::1,          NEVER",
        "2001:0:1:1:0:0:5601:5601,   NEVER",
        "2606:4700::5efe:a9fe:a9fe,  NEVER",
        "2606:4700::200:5efe:a9fe:a9fe, NEVER",
    })
    void an_address_is_judged_in_every_reading(String address, String expected) throws Exception {
        assertThat(verdict(STRICT, "name.example", address)).isEqualTo(expected);
        assertThat(verdict(DEVELOPMENT, "name.example", address))
                .as("in development")
                .isEqualTo(expected.equals("NOT_PUBLIC") ? "fine" : expected);
        AddressRules allowing = new AddressRules(false, Set.of("name.example"));
        assertThat(verdict(allowing, "name.example", address))
                .as("where the host is allowed")
                .isEqualTo(expected.equals("NOT_PUBLIC") ? "fine" : expected);
        assertThat(verdict(allowing, "other.example", address)).isEqualTo(expected);
    }

    @Test
    void an_ipv4_address_that_java_keeps_as_ipv6_is_judged_the_same() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xFF;
        System.arraycopy(InetAddress.getByName("169.254.169.254").getAddress(), 0, mapped, 12, 4);
        assertThat(STRICT.against("x", Inet6Address.getByAddress("x", mapped, -1)))
                .contains(AddressRefusal.NEVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2852039166", // 169.254.169.254 as one number
                "0xa9fea9fe",
                "0XA9FEA9FE",
                "0x",
                "025177524776",
                "0251.0376.0251.0376",
                "169.254.43518",
                "169.16689662",
                "169.254.169.254.",
                "169.254.169.0xfe",
                "0169.254.169.254",
                "127.1",
                "127.0.0.01",
                "0",
                "1.2.3.4.5",
                "256.1.1.1",
                "name.example.1",
                "name.0x7f",
                "[fe80::1%25eth0]",
                "fe80::1%eth0",
                "::1::",
                "[::1",
                "",
                "a.example:80"
            })
    void odd_forms_are_refused_without_being_looked_up(String host) {
        HostLookup never = name -> {
            throw new AssertionError("looked up: " + name);
        };
        assertThat(AddressRules.formOf(host)).contains(AddressRefusal.ODD_FORM);
        assertThatThrownBy(() -> DEVELOPMENT.permitted(host, never)).isInstanceOf(RefusedAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api.example.com", "localhost", "host.", "x1", "1x", "api-1.example", "8.8.8.8", "[::1]", "::1"})
    void usual_forms_are_fine(String host) {
        assertThat(AddressRules.formOf(host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Llm.Internal, llm.internal, true",
        "llm.internal., llm.internal, true",
        "[::1], 0:0:0:0:0:0:0:1, true",
        "::1, [::1], true",
        "sub.llm.internal, llm.internal, false",
        "llm.internal.evil.example, llm.internal, false",
    })
    void allowed_hosts_are_named_exactly(String host, String allowed, boolean expected) throws Exception {
        AddressRules rules = new AddressRules(false, Set.of(allowed));
        assertThat(rules.against(host, InetAddress.getByName("10.1.2.3")).isEmpty())
                .isEqualTo(expected);
    }

    @Test
    void a_name_is_refused_when_any_of_its_addresses_is() throws Exception {
        List<InetAddress> both = List.of(InetAddress.getByName("1.1.1.1"), InetAddress.getByName("169.254.169.254"));
        assertThatThrownBy(() -> DEVELOPMENT.permitted("name.example", name -> both))
                .isInstanceOfSatisfying(
                        RefusedAddressException.class,
                        e -> assertThat(e.refusal()).isEqualTo(AddressRefusal.NEVER))
                .hasMessageNotContaining("169")
                .hasMessageNotContaining("name.example");
        assertThat(STRICT.permitted("name.example", name -> both.subList(0, 1))).isEqualTo(both.subList(0, 1));
    }

    /** Whatever else is in an address: where a forbidden one is embedded it stays forbidden. */
    @Test
    void random_tunnels_to_metadata_are_never_let_through() throws Exception {
        long seed = System.nanoTime();
        System.out.println("AddressRulesTest seed " + seed);
        Random random = new Random(seed);
        byte[] metadata = InetAddress.getByName("169.254.169.254").getAddress();
        List<String> let = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            int at;
            if (i % 2 == 0) { // 6to4
                bytes[0] = 0x20;
                bytes[1] = 0x02;
                at = 2;
            } else { // ISATAP
                bytes[8] = bytes[9] = 0;
                bytes[10] = 0x5E;
                bytes[11] = (byte) 0xFE;
                at = 12;
            }
            System.arraycopy(metadata, 0, bytes, at, 4);
            InetAddress address = InetAddress.getByAddress(bytes);
            if (!STRICT.against("x", address).equals(Optional.of(AddressRefusal.NEVER))) {
                let.add(address.getHostAddress());
            }
        }
        assertThat(let).isEmpty();
    }
}
