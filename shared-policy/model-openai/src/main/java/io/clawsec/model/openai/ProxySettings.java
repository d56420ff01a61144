package io.clawsec.model.openai;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Through which proxy a backend is reached: one for http targets, one for https targets, and the hosts that need none.
 *
 * <p>Credentials in a proxy's URL are sent to that proxy as Basic authentication. The JDK refuses to do so for https
 * targets (the request that opens the tunnel travels in the clear) unless {@code jdk.http.auth.tunneling.disabledSchemes}
 * is empty when the process makes its first HTTP client; {@link OpenAiModel} sees to that where credentials are
 * configured and the property is not set.
 */
public final class ProxySettings {

    private final @Nullable ProxyServer forHttp;
    private final @Nullable ProxyServer forHttps;
    private final ProxyBypass bypass;

    private ProxySettings(@Nullable ProxyServer forHttp, @Nullable ProxyServer forHttps, ProxyBypass bypass) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.bypass = bypass;
    }

    /** No proxy for anybody. */
    public static ProxySettings none() {
        return new ProxySettings(null, null, ProxyBypass.of(""));
    }

    /**
     * Reads {@code LLM_HTTP_PROXY}, {@code LLM_HTTPS_PROXY} and {@code LLM_NO_PROXY}; for each that is missing or blank
     * the same name without {@code LLM_}, in capitals, then in lower case.
     *
     * <p>{@code HTTP_PROXY} in capitals is dangerous in CGI programs only, where a request's {@code Proxy} header turns
     * into that variable ("httpoxy"); no door of ClawSec turns headers into environment variables.
     *
     * @throws IllegalArgumentException if a proxy is no proxy's URL; the message names the variable and shows no value
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        return new ProxySettings(
                server(environment, "HTTP_PROXY", "http_proxy"),
                server(environment, "HTTPS_PROXY", "https_proxy"),
                variable(environment, "NO_PROXY", "no_proxy")
                        .map(found -> ProxyBypass.of(found.getValue()))
                        .orElseGet(() -> ProxyBypass.of("")));
    }

    private static @Nullable ProxyServer server(Map<String, String> environment, String name, String lowerCase) {
        return variable(environment, name, lowerCase)
                .map(found -> ProxyServer.of(found.getKey(), found.getValue().strip()))
                .orElse(null);
    }

    private static Optional<Map.Entry<String, String>> variable(
            Map<String, String> environment, String name, String lowerCase) {
        return Stream.of("LLM_" + name, name, lowerCase)
                .map(candidate -> Map.entry(candidate, environment.getOrDefault(candidate, "")))
                .filter(candidate -> !candidate.getValue().isBlank())
                .findFirst();
    }

    /** The proxy for a target; empty where it is reached directly. */
    Optional<ProxyServer> proxyFor(URI target) {
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
        return Optional.ofNullable(secure ? forHttps : forHttp)
                .filter(proxy -> !bypass.covers(String.valueOf(target.getHost()), port));
    }

    /** Shows hosts and ports, no credentials. */
    @Override
    public String toString() {
        return forHttp == null && forHttps == null
                ? "none"
                : "ProxySettings[http=" + forHttp + ", https=" + forHttps + "]";
    }
}
