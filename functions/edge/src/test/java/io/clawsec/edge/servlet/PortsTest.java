package io.clawsec.edge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.edge.Configuration;
import io.clawsec.edge.Deployment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static Ports ports(Map<String, String> environment) {
        return Ports.of(from(environment));
    }

    @Test
    void zero_is_any_free_port() {
        Ports ports = ports(Map.of("PORT", "0", "CLAWSEC_MANAGEMENT_PORT", "0"));
        assertThat(ports.api()).isBetween(1, 65_535);
        assertThat(ports.management()).isBetween(1, 65_535);
    }

    @Test
    void the_two_free_ports_differ() {
        for (int i = 0; i < 200; i++) {
            Ports ports = ports(Map.of("PORT", "0", "CLAWSEC_MANAGEMENT_PORT", "0"));
            assertThat(ports.management()).isNotEqualTo(ports.api());
        }
    }

    @Test
    void off_is_none() {
        assertThat(ports(Map.of("PORT", "8181", "CLAWSEC_MANAGEMENT_PORT", "off")))
                .isEqualTo(new Ports(8181, Ports.NONE));
    }

    @Test
    void the_default_management_port_gives_way_where_it_is_the_apis() {
        assertThat(ports(Map.of("PORT", "9090")).management()).isEqualTo(Ports.NONE);
    }

    @Test
    void a_management_port_that_was_asked_for_does_not_give_way() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(ports(Map.of("PORT", "0", "CLAWSEC_MANAGEMENT_PORT", port))
                            .management())
                    .isEqualTo(taken.getLocalPort());
        }
    }

    private static Configuration from(Map<String, String> environment) {
        return Configuration.from(environment, Deployment.ONE_PROCESS);
    }
}
