package io.clawsec.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.call.Call;
import io.clawsec.call.Outcome;
import io.clawsec.telemetry.Telemetry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** By what name a process exports its telemetry, and that a package without an exporter says so. */
class ServiceNameTest {

    private record Module(String name) implements FunctionModule {
        @Override
        public Function<Call, Outcome> assemble(Parts parts) {
            throw new AssertionError("nobody starts it");
        }
    }

    @Test
    void all_functions_together_are_the_product_and_one_apart_is_itself() {
        List<FunctionModule> all = List.of(new Module("issueToken"), new Module("query"));
        assertThat(ServiceName.of(Deployment.ONE_PROCESS, all)).isEqualTo("clawsec");
        assertThat(ServiceName.of(Deployment.ISSUER_APART, List.of(new Module("issueToken"))))
                .isEqualTo("clawsec-issue-token");
        assertThat(ServiceName.of(Deployment.VERIFIER_APART, List.of(new Module("query"))))
                .isEqualTo("clawsec-query");
    }

    private static Telemetry telemetry(Map<String, String> environment) {
        try (Parts parts =
                new Parts(Configuration.from(environment, Deployment.ONE_PROCESS), "clawsec", Clock.systemUTC())) {
            return parts.telemetry();
        }
    }

    @Test
    void without_a_receiver_there_is_no_telemetry() {
        assertThat(telemetry(Map.of())).isSameAs(Telemetry.NONE);
    }

    @Test
    void a_package_that_holds_no_exporter_refuses_a_receiver() {
        assertThatThrownBy(() -> telemetry(Map.of("OTLP_ENDPOINT", "http://localhost:4317")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("OTLP_ENDPOINT is set, and this package holds nothing that exports");
    }
}
