package io.clawsec.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clawsec.settings.Setting;
import io.clawsec.settings.SettingsLayer;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an environment may say, and that every mistake in it is told and none is quoted. */
class ConfigurationTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void an_empty_environment_is_development_on_loopback_with_the_mock() {
        Configuration configuration = from(Map.of());
        assertThat(configuration.port()).isEqualTo(8080);
        assertThat(configuration.bindAddress().isLoopbackAddress()).isTrue();
        assertThat(configuration.managementPort()).hasValue(9090);
        assertThat(configuration.managementPortRequired()).isFalse();
        assertThat(configuration.dataFolder()).hasToString(".clawsec");
        assertThat(configuration.databaseUrl()).isEqualTo("sqlite:clawsec.db");
        assertThat(configuration.signingSecret()).isEmpty();
        assertThat(configuration.tokenMode()).isEqualTo(TokenMode.DEVELOPMENT);
        assertThat(configuration.tokensOpen()).isFalse();
        assertThat(configuration.settings()).isEqualTo(SettingsLayer.empty());
        assertThat(configuration.dataKey()).isEmpty();
        assertThat(configuration.policyFolder()).isEmpty();
        assertThat(configuration.telemetryReceiver()).isEmpty();
        assertThat(configuration.onLambda()).isFalse();
    }

    @Test
    void blanks_are_the_same_as_nothing() {
        Map<String, String> blank = new HashMap<>();
        for (EnvironmentVariable variable : EnvironmentVariable.values()) {
            blank.put(variable.name(), " \t");
        }
        assertThat(from(blank).port()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PORT                     | -1
                    PORT                     | 65536
                    PORT                     | http
                    PORT                     | 99999999999999999999
                    CLAWSEC_BIND_ADDRESS     | not an address
                    CLAWSEC_MANAGEMENT_PORT  | offf
                    CLAWSEC_TOKEN_MODE       | Development
                    CLAWSEC_TOKEN_MODE       | open
                    CLAWSEC_TOKEN_ALLOW_OPEN | yes
                    LLM_API_URL              | ftp://backend.example/v1
                    LLM_API_URL              | https:///v1/chat/completions
                    LLM_API_URL              | backend.example/v1
                    LLM_API_URL              | https://user:hunter2@backend.example/v1
                    LLM_API_URL              | http://back end.example/
                    LLM_MAX_TOKENS           | 0
                    LLM_MAX_TOKENS           | 1000001
                    LLM_TIMEOUT              | 0
                    LLM_TIMEOUT              | 3601
                    LLM_TIMEOUT              | 30s
                    ALLOWED_ORIGINS          | https://app.example/
                    ALLOWED_ORIGINS          | https://App.Example
                    ALLOWED_ORIGINS          | app.example
                    ALLOWED_ORIGINS          | null
                    ALLOWED_ORIGINS          | https://good.example,https://bad.example/path
                    TRUSTED_PROXIES          | 10.0.0.0/33
                    TRUSTED_PROXIES          | 10.0.0.0/8,proxy.example
                    TRUSTED_PROXIES          | fd00::/129
                    LLM_API_URL              | http://2130706433/v1
                    LLM_API_URL              | http://127.1/v1
                    LLM_API_KEY              | key with spaces
                    CLAWSEC_DATA_KEY         | tooshort
                    CLAWSEC_DATA_KEY         | 0f0f0f0f
                    CLAWSEC_LOCKED           | llm.nothing
                    CLAWSEC_LOCKED           | LLM_API_URL
                    CLAWSEC_LLM_ALLOWED_HOSTS | 0x7f.1
                    CLAWSEC_LLM_ALLOWED_HOSTS | llm.example:8000
                    MAX_INPUT_LENGTH         | 0
                    MAX_INPUT_LENGTH         | 1000001
                    OTLP_ENDPOINT            | collector:4317
                    OTLP_ENDPOINT            | grpc://localhost:4317
                    OTLP_ENDPOINT            | http:///
                    OTLP_ENDPOINT            | http://localhost:4317/v1/traces
                    OTLP_ENDPOINT            | http://localhost:4317?key=hunter2
                    OTLP_ENDPOINT            | http://localhost:4317#part
                    OTLP_ENDPOINT            | https://user:hunter2@otel.example:4317
                    OTLP_ENDPOINT            | http://localhost:0
                    OTLP_ENDPOINT            | http://localhost:65536
                    OTLP_ENDPOINT            | http://two hosts
                    OTEL_RESOURCE_ATTRIBUTES | environment
                    OTEL_RESOURCE_ATTRIBUTES | a=b,=value
                    OTEL_RESOURCE_ATTRIBUTES | a=
                    OTEL_RESOURCE_ATTRIBUTES | a=%zz
                    OTEL_RESOURCE_ATTRIBUTES | a=%0A
                    OTEL_RESOURCE_ATTRIBUTES | two words=value
                    """)
    void a_wrong_value_is_told_by_its_variable_and_not_quoted(EnvironmentVariable variable, String value) {
        ConfigurationException told = catchThrowableOfType(
                ConfigurationException.class, () -> from(Map.of(variable.name(), value, "JWT_SECRET_KEY", SECRET)));
        assertThat(told).as("%s is accepted", value).isNotNull();
        assertThat(told.problems()).singleElement().asString().startsWith(variable.name() + " ");
        if (value.length() > 3) { // a bound that is named may hold the digits of a short one
            assertThat(told.problems().get(0).substring(variable.name().length()))
                    .doesNotContain(value);
        }
        assertThat(told.getMessage()).doesNotContain("hunter2", "bad.example", "proxy.example");
        assertThat(told.getCause()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:4317",
                "HTTP://localhost:4317/",
                "https://otel.example",
                "http://[::1]:4317",
                " http://10.0.0.1:4317 "
            })
    void a_receiver_is_a_scheme_a_host_and_perhaps_a_port(String value) {
        assertThat(from(Map.of("OTLP_ENDPOINT", value)).telemetryReceiver()).hasValue(URI.create(value.strip()));
    }

    @Test
    void resource_attributes_are_pairs_by_commas_with_percents_undone() {
        assertThat(from(Map.of(
                                "OTEL_RESOURCE_ATTRIBUTES",
                                "deployment.environment.name=prod, team = a%2Cb%20c+d ,k=x=y"))
                        .resourceAttributes())
                .isEqualTo(Map.of("deployment.environment.name", "prod", "team", "a,b c+d", "k", "x=y"));
        assertThat(from(Map.of()).resourceAttributes()).isEmpty();
    }

    @Test
    void resource_attributes_have_bounds() {
        String many = IntStream.rangeClosed(1, 33).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
        assertThatThrownBy(() -> from(Map.of("OTEL_RESOURCE_ATTRIBUTES", many)))
                .hasMessage("OTEL_RESOURCE_ATTRIBUTES has more than 32 attributes");
        assertThatThrownBy(() -> from(Map.of("OTEL_RESOURCE_ATTRIBUTES", "a=" + "b".repeat(257))))
                .hasMessage("OTEL_RESOURCE_ATTRIBUTES item 1: not key=value");
    }

    @Test
    void a_path_with_a_nul_is_told() {
        assertThatThrownBy(() -> from(Map.of("CLAWSEC_DATA_DIR", "a\0b"))).hasMessage("CLAWSEC_DATA_DIR is not a path");
    }

    @Test
    void every_mistake_is_told_at_once() {
        Map<String, String> wrong = Map.of("PORT", "x", "LLM_TIMEOUT", "x", "MAX_INPUT_LENGTH", "x");
        ConfigurationException told = catchThrowableOfType(ConfigurationException.class, () -> from(wrong));
        assertThat(told.problems()).hasSize(3);
    }

    @ParameterizedTest(name = "bound to {0}, marked {1}, mode {2}, allowed {3}, secret {4}: {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "127.0.0.1, -,                        -,                  -,     -,   DEVELOPMENT closed",
                "::1,       -,                        -,                  -,     -,   DEVELOPMENT closed",
                "127.0.0.1, -,                        development,        -,     -,   DEVELOPMENT closed",
                "0.0.0.0,   -,                        -,                  -,     yes, OFF closed",
                "0.0.0.0,   -,                        -,                  -,     -,   refused",
                "0.0.0.0,   -,                        development,        -,     yes, refused",
                "0.0.0.0,   -,                        development,        true,  -,   DEVELOPMENT open",
                "0.0.0.0,   -,                        -,                  true,  -,   DEVELOPMENT open",
                "127.0.0.1, AWS_LAMBDA_FUNCTION_NAME, -,                  -,     yes, OFF closed",
                "127.0.0.1, AWS_LAMBDA_FUNCTION_NAME, development,        -,     yes, refused",
                "127.0.0.1, KUBERNETES_SERVICE_HOST,  development,        -,     yes, refused",
                "127.0.0.1, KUBERNETES_SERVICE_HOST,  development,        true,  -,   DEVELOPMENT open",
                "127.0.0.1, -,                        off,                -,     yes, OFF closed",
                "127.0.0.1, -,                        off,                -,     -,   refused",
                "127.0.0.1, -,                        client-credentials, -,     yes, CLIENT_CREDENTIALS closed",
                "127.0.0.1, -,                        token-exchange,     -,     yes, TOKEN_EXCHANGE closed",
                "127.0.0.1, -,                        token-exchange,     -,     -,   refused",
            })
    void development_mode_stays_where_nobody_else_is(
            String address,
            @org.jspecify.annotations.Nullable String marker,
            @org.jspecify.annotations.Nullable String mode,
            @org.jspecify.annotations.Nullable String open,
            @org.jspecify.annotations.Nullable String secret,
            String expected) {
        Map<String, String> environment = new HashMap<>(Map.of("CLAWSEC_BIND_ADDRESS", address));
        if (marker != null) {
            environment.put(marker, "something");
        }
        if (mode != null) {
            environment.put("CLAWSEC_TOKEN_MODE", mode);
        }
        if (open != null) {
            environment.put("CLAWSEC_TOKEN_ALLOW_OPEN", open);
        }
        if (secret != null) {
            environment.put("JWT_SECRET_KEY", SECRET);
        }
        assertThat(outcome(environment)).isEqualTo(expected);
    }

    private static String outcome(Map<String, String> environment) {
        try {
            Configuration configuration = from(environment);
            return configuration.tokenMode() + (configuration.tokensOpen() ? " open" : " closed");
        } catch (ConfigurationException e) {
            assertThat(e.getMessage()).doesNotContain(SECRET);
            return "refused";
        }
    }

    @Test
    void the_management_port_is_required_where_it_was_named_and_may_be_off() {
        assertThat(from(Map.of("CLAWSEC_MANAGEMENT_PORT", "off")).managementPort())
                .isEmpty();
        Configuration named = from(Map.of("CLAWSEC_MANAGEMENT_PORT", "9191"));
        assertThat(named.managementPort()).hasValue(9191);
        assertThat(named.managementPortRequired()).isTrue();
    }

    @Test
    void lists_are_split_and_stripped() throws Exception {
        Configuration configuration = from(Map.of(
                "ALLOWED_ORIGINS", " https://a.example , http://localhost:3000,,",
                "TRUSTED_PROXIES", "10.0.0.0/8, ::1"));
        assertThat(configuration.settings().values())
                .containsEntry(Setting.ALLOWED_ORIGINS, List.of("https://a.example", "http://localhost:3000"))
                .containsEntry(Setting.TRUSTED_PROXIES, List.of("10.0.0.0/8", "::1"));
    }

    @Test
    void defaults_are_those_of_the_settings() {
        EnvironmentVariable.SETTINGS.forEach((variable, setting) -> assertThat(variable.defaultValue())
                .as(variable.name())
                .isEqualTo(setting.packaged() instanceof List ? "" : String.valueOf(setting.packaged())));
    }

    @Test
    void sections_and_fields_can_be_locked() {
        assertThat(from(Map.of("CLAWSEC_LOCKED", "server, llm.api_url"))
                        .settings()
                        .locked())
                .containsExactlyInAnyOrder(Setting.ALLOWED_ORIGINS, Setting.TRUSTED_PROXIES, Setting.API_URL);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "127.0.0.1, -,    -,                          10.1.2.3,        may",
                "0.0.0.0,   -,    -,                          10.1.2.3,        may not",
                "0.0.0.0,   true, -,                          10.1.2.3,        may not",
                "0.0.0.0,   -,    other.example,              10.1.2.3,        may not",
                "0.0.0.0,   -,    llm.example,                10.1.2.3,        may",
                "127.0.0.1, -,    llm.example,                169.254.169.254, may not",
            })
    void backends_may_be_near_in_development_only_or_where_the_host_is_allowed(
            String bind,
            @org.jspecify.annotations.Nullable String open,
            @org.jspecify.annotations.Nullable String allowed,
            String address,
            String expected)
            throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of("CLAWSEC_BIND_ADDRESS", bind, "JWT_SECRET_KEY", SECRET));
        if (open != null) {
            environment.put("CLAWSEC_TOKEN_ALLOW_OPEN", open);
        }
        if (allowed != null) {
            environment.put("CLAWSEC_LLM_ALLOWED_HOSTS", allowed);
        }
        assertThat(may(environment, address)).isEqualTo(expected);
        environment.remove("CLAWSEC_LLM_ALLOWED_HOSTS");
        environment.put("LLM_API_URL", "http://llm.example:8000/v1/chat/completions");
        assertThat(may(environment, address))
                .as("the environment's own backend")
                .isEqualTo(address.startsWith("169") ? "may not" : "may");
    }

    private static String may(Map<String, String> environment, String address) throws Exception {
        return from(environment)
                        .addressRules()
                        .against("llm.example", InetAddress.getByName(address))
                        .isEmpty()
                ? "may"
                : "may not";
    }

    @Test
    void its_text_shows_nothing_confidential() {
        Configuration configuration =
                from(Map.of("JWT_SECRET_KEY", SECRET, "LLM_API_KEY", "sk-abc123", "CLAWSEC_DATA_KEY", "ab".repeat(32)));
        assertThat(configuration.toString() + configuration.settings() + configuration.dataKey())
                .doesNotContain(SECRET, "sk-abc123", "abab");
    }

    private static Configuration from(Map<String, String> environment) {
        return Configuration.from(environment, Deployment.ONE_PROCESS);
    }
}
