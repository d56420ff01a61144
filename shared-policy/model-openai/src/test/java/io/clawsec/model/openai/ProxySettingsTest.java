package io.clawsec.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static final URI HTTP = URI.create("http://api.example.com/v1");
    private static final URI HTTPS = URI.create("HTTPS://api.example.com/v1");

    private static @Nullable String proxy(Map<String, String> environment, URI target) {
        return ProxySettings.fromEnvironment(environment)
                .proxyFor(target)
                .map(ProxyServer::toString)
                .orElse(null);
    }

    @Test
    void theTargetsSchemeChoosesTheProxy() {
        Map<String, String> both = Map.of("LLM_HTTP_PROXY", "http://a:1", "LLM_HTTPS_PROXY", "http://b:2");
        assertThat(proxy(both, HTTP)).isEqualTo("a:1");
        assertThat(proxy(both, HTTPS)).isEqualTo("b:2");
        assertThat(proxy(Map.of("LLM_HTTP_PROXY", "http://a:1"), HTTPS)).isNull();
        assertThat(proxy(Map.of(), HTTP)).isNull();
    }

    @Test
    void ownVariablesComeFirstThenCapitalsThenLowerCase() {
        assertThat(proxy(Map.of("LLM_HTTP_PROXY", "a:1", "HTTP_PROXY", "b:2", "http_proxy", "c:3"), HTTP))
                .isEqualTo("a:1");
        assertThat(proxy(Map.of("HTTP_PROXY", "b:2", "http_proxy", "c:3"), HTTP))
                .isEqualTo("b:2");
        assertThat(proxy(Map.of("LLM_HTTP_PROXY", " ", "http_proxy", " c:3\n"), HTTP))
                .isEqualTo("c:3");
        assertThat(proxy(Map.of("https_proxy", "c:3"), HTTPS)).isEqualTo("c:3");
    }

    @Test
    void anOwnListOfExceptionsReplacesTheGeneralOne() {
        Map<String, String> environment =
                Map.of("HTTP_PROXY", "http://a:1", "NO_PROXY", "api.example.com", "LLM_NO_PROXY", "other.example.com");
        assertThat(proxy(environment, HTTP)).isEqualTo("a:1");
        assertThat(proxy(environment, URI.create("http://other.example.com"))).isNull();
        assertThat(proxy(Map.of("HTTP_PROXY", "http://a:1", "no_proxy", "example.com"), HTTP))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128, proxy.example:3128",
        "HTTP://proxy.example:3128/, proxy.example:3128",
        "proxy.example:3128, proxy.example:3128",
        "proxy.example, proxy.example:80",
        "http://[::1]:3128, ::1:3128",
        "http://10.0.0.1:8080, 10.0.0.1:8080",
        "http://user:secret@proxy.example:3128, proxy.example:3128 with credentials"
    })
    void readsEveryCustomaryForm(String text, String shown) {
        assertThat(ProxyServer.of("X", text)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "user:secret, user:secret",
        "user, user:",
        "user:, user:",
        "us%40er:p%3Aa%25ss+%20%C3%A9, us@er:p:a%ss+ \u00e9"
    })
    void decodesCredentials(String userInfo, String credentials) {
        ProxyServer server = ProxyServer.of("X", "http://" + userInfo + "@proxy:1");
        String encoded = java.util.Base64.getEncoder()
                .encodeToString(credentials.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(server.authorization()).isEqualTo("Basic " + encoded);
        assertThat(server.toString()).doesNotContain(encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:s3cr3t@proxy:1",
                "socks5://user:s3cr3t@proxy:1",
                "http://user:s3cr3t@:1",
                "http://user:s3cr3t@",
                "http://user:s3cr3t@proxy:99999",
                "http://user:s3cr3t@proxy:0",
                "http://user:s3cr3t@proxy:port",
                "http://user:s3cr3t@proxy:1/path",
                "http://user:s3cr3t@proxy:1?q",
                "http://user:s3cr3t@proxy:1#f",
                "http://user:s3cr3t%zz@proxy:1",
                "user s3cr3t@proxy",
                "://s3cr3t"
            })
    void refusesOtherFormsByTheirVariableAndShowsNoneOfThem(String text) {
        assertThatThrownBy(() -> ProxySettings.fromEnvironment(Map.of("LLM_HTTPS_PROXY", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LLM_HTTPS_PROXY ")
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
    }

    @Test
    void showsNoCredentials() {
        assertThat(ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", "http://user:s3cr3t@proxy:1"))
                        .toString())
                .contains("proxy:1")
                .doesNotContain("s3cr3t", "user");
        assertThat(ProxySettings.none()).hasToString("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a name, and every name below it
                "example.com|example.com|443|true",
                "example.com|EXAMPLE.com.|443|true",
                "Example.COM.|api.example.com|443|true",
                "example.com|badexample.com|443|false",
                "example.com|example.com.evil.test|443|false",
                ".example.com|api.example.com|443|true",
                "*.example.com|a.b.example.com|443|true",
                "localhost|localhost|80|true",
                "exam*|example.com|80|false",
                // everything, nothing
                "*|anything|1|true",
                "a, *|10.0.0.1|1|true",
                "''|example.com|443|false",
                "',, ,'|example.com|443|false",
                ".|example.com|443|false",
                // lists
                "a.test,b.test|b.test|443|true",
                "a.test b.test|b.test|443|true",
                // ports
                "example.com:8443|example.com|8443|true",
                "example.com:8443|example.com|443|false",
                "10.0.0.1:80|10.0.0.1|80|true",
                "[::1]:80|[::1]|80|true",
                "[::1]:80|[::1]|81|false",
                // addresses
                "10.0.0.1|10.0.0.1|80|true",
                "10.0.0.1|10.0.0.11|80|false",
                "0.0.1|10.0.0.1|80|false",
                "::1|[0:0:0:0:0:0:0:1]|80|true",
                "[::1]|[::1]|80|true",
                "127.0.0.1|localhost|80|false",
                // blocks
                "10.0.0.0/8|10.255.1.2|80|true",
                "10.0.0.0/8|11.0.0.1|80|false",
                "10.1.2.3/32|10.1.2.3|80|true",
                "0.0.0.0/0|9.9.9.9|80|true",
                "192.168.1.128/25|192.168.1.127|80|false",
                "192.168.1.128/25|192.168.1.200|80|true",
                "fd00::/8|[fd12::1]|80|true",
                "fd00::/8|[fe80::1]|80|false",
                "0.0.0.0/0|[::1]|80|false",
                "0.0.0.0/0|example.com|80|false",
                "10.0.0.0/33|10.0.0.1|80|false",
                "10.0.0.0/x|10.0.0.1|80|false",
                "10.0.0.0/|10.0.0.1|80|false",
                "example.com/8|example.com|80|false",
                "300.0.0.0/8|10.0.0.1|80|false"
            })
    void matchesTheListOfExceptions(String list, String host, int port, boolean covered) {
        assertThat(ProxyBypass.of(list).covers(host, port)).isEqualTo(covered);
    }
}
