package io.clawsec.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.address.CidrBlock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forwarded headers are believed from trusted proxies only, hop by hop from the right. */
class ClientAddressTest {

    private static final List<CidrBlock> PROXIES =
            Stream.of("10.0.0.0/8", "fd00::/8").map(CidrBlock::parse).toList();

    private static IncomingRequest request(@Nullable String peer, Map<String, List<String>> headers) {
        return new IncomingRequest("GET", "/", null, headers, most -> new byte[0], peer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    nothing forwarded                        | 192.0.2.1  | -                        | -                                  | 192.0.2.1
                    no transport                             | -          | 203.0.113.9              | -                                  | -
                    a peer that is no address                | somewhere  | 203.0.113.9              | -                                  | -
                    a stranger's word counts for nothing     | 192.0.2.1  | 203.0.113.9              | for=203.0.113.9                    | 192.0.2.1
                    one proxy                                | 10.0.0.1   | 203.0.113.9              | -                                  | 203.0.113.9
                    what the client wrote before is skipped  | 10.0.0.1   | 1.2.3.4, 203.0.113.9     | -                                  | 203.0.113.9
                    two proxies                              | 10.0.0.1   | 203.0.113.9, 10.0.0.2    | -                                  | 203.0.113.9
                    a client that says it is a proxy         | 10.0.0.1   | 10.9.9.9, 203.0.113.9    | -                                  | 203.0.113.9
                    only proxies                             | 10.0.0.1   | 10.0.0.3, 10.0.0.2       | -                                  | 10.0.0.3
                    garbage ends the walk                    | 10.0.0.1   | 203.0.113.9, x, 10.0.0.2 | -                                  | 10.0.0.2
                    garbage at once                          | 10.0.0.1   | unknown                  | -                                  | 10.0.0.1
                    an empty hop                             | 10.0.0.1   | 203.0.113.9,             | -                                  | 10.0.0.1
                    a port                                   | 10.0.0.1   | 203.0.113.9:1234         | -                                  | 203.0.113.9
                    IPv6                                     | fd00::1    | 2001:db8::a              | -                                  | 2001:db8:0:0:0:0:0:a
                    IPv6 in brackets with a port             | fd00::1    | [2001:db8::a]:443        | -                                  | 2001:db8:0:0:0:0:0:a
                    IPv4 in IPv6 is IPv4                     | ::ffff:10.0.0.1 | ::ffff:203.0.113.9  | -                                  | 203.0.113.9
                    an interface behind the peer             | fe80::1%eth0 | -                      | -                                  | fe80:0:0:0:0:0:0:1
                    an interface behind a hop is garbage     | 10.0.0.1   | fe80::1%eth0             | -                                  | 10.0.0.1
                    Forwarded                                | 10.0.0.1   | -                        | for=203.0.113.9                    | 203.0.113.9
                    Forwarded with everything                | 10.0.0.1   | -                        | by=10.0.0.1; For="203.0.113.9:80" ;proto=https | 203.0.113.9
                    Forwarded, quoted IPv6                   | 10.0.0.1   | -                        | for="[2001:db8::a]:4711"           | 2001:db8:0:0:0:0:0:a
                    Forwarded, two hops                      | 10.0.0.1   | -                        | for=203.0.113.9, for=10.0.0.2      | 203.0.113.9
                    Forwarded, hidden                        | 10.0.0.1   | -                        | for=_secret                        | 10.0.0.1
                    Forwarded, unknown                       | 10.0.0.1   | -                        | for=unknown                        | 10.0.0.1
                    Forwarded without for                    | 10.0.0.1   | -                        | proto=https                        | 10.0.0.1
                    Forwarded, one quote                     | 10.0.0.1   | -                        | for="                              | 10.0.0.1
                    X-Forwarded-For wins over Forwarded      | 10.0.0.1   | 203.0.113.9              | for=198.51.100.1                   | 203.0.113.9
                    """)
    void the_client_is_the_first_hop_that_no_trusted_proxy_is(
            String what,
            @Nullable String peer,
            @Nullable String forwardedFor,
            @Nullable String forwarded,
            @Nullable String client) {
        Map<String, List<String>> headers = new HashMap<>();
        if (forwardedFor != null) {
            headers.put("x-forwarded-for", List.of(forwardedFor));
        }
        if (forwarded != null) {
            headers.put("forwarded", List.of(forwarded));
        }
        assertThat(new ClientAddress(PROXIES).of(request(peer, headers)))
                .as(what)
                .isEqualTo(client);
    }

    @Test
    void without_trusted_proxies_nobody_is_believed() {
        IncomingRequest request = request("10.0.0.1", Map.of("x-forwarded-for", List.of("203.0.113.9")));
        assertThat(new ClientAddress(List.of()).of(request)).isEqualTo("10.0.0.1");
    }

    @Test
    void a_header_that_stands_twice_is_one_list() {
        Map<String, List<String>> headers = Map.of("x-forwarded-for", List.of("203.0.113.9", "10.0.0.2"));
        assertThat(new ClientAddress(PROXIES).of(request("10.0.0.1", headers))).isEqualTo("203.0.113.9");
    }

    @Test
    void the_walk_is_bounded() {
        String hops = "203.0.113.9, " + String.join(", ", Collections.nCopies(32, "10.0.0.2"));
        assertThat(new ClientAddress(PROXIES).of(request("10.0.0.1", Map.of("x-forwarded-for", List.of(hops)))))
                .isEqualTo("10.0.0.2");
    }
}
