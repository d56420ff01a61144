package io.clawsec.edge;

import static io.clawsec.edge.EnvironmentVariable.ALLOWED_ORIGINS;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_BIND_ADDRESS;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_DATA_DIR;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_MANAGEMENT_PORT;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_POLICY_DIR;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_TOKEN_ALLOW_OPEN;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_TOKEN_MODE;
import static io.clawsec.edge.EnvironmentVariable.DATABASE_URL;
import static io.clawsec.edge.EnvironmentVariable.JWT_SECRET_KEY;
import static io.clawsec.edge.EnvironmentVariable.LLM_API_KEY;
import static io.clawsec.edge.EnvironmentVariable.LLM_API_URL;
import static io.clawsec.edge.EnvironmentVariable.LLM_MAX_TOKENS;
import static io.clawsec.edge.EnvironmentVariable.LLM_MODEL;
import static io.clawsec.edge.EnvironmentVariable.LLM_TIMEOUT;
import static io.clawsec.edge.EnvironmentVariable.MAX_INPUT_LENGTH;
import static io.clawsec.edge.EnvironmentVariable.PORT;
import static io.clawsec.edge.EnvironmentVariable.TRUSTED_PROXIES;

import io.clawsec.address.CidrBlock;
import io.clawsec.model.ApiKey;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the environment says, read once and checked whole.
 *
 * @param port of the API; 0: any free one
 * @param bindAddress both ports listen on it
 * @param managementPort of metrics and health; empty: none
 * @param managementPortRequired whether somebody asked for that very port
 * @param dataFolder of the database and the generated secret
 * @param databaseUrl chooses the store
 * @param signingSecret confidential; empty: generate one
 * @param tokenMode who may ask for a token
 * @param tokensOpen whether development mode runs where others can reach it
 * @param model which backend
 * @param allowedOrigins for CORS
 * @param trustedProxies whose forwarded headers are believed
 * @param maxInputLength of a prompt, in code points
 * @param policyFolder of files that replace packaged ones
 * @param environment all of it, for libraries that read proxy variables; confidential
 */
public record Configuration(
        int port,
        InetAddress bindAddress,
        OptionalInt managementPort,
        boolean managementPortRequired,
        Path dataFolder,
        String databaseUrl,
        Optional<String> signingSecret,
        TokenMode tokenMode,
        boolean tokensOpen,
        ModelBackend model,
        Set<String> allowedOrigins,
        List<CidrBlock> trustedProxies,
        int maxInputLength,
        Optional<Path> policyFolder,
        Map<String, String> environment) {

    /**
     * The model backend.
     *
     * @param url the chat-completions URL; empty: the built-in mock
     * @param key confidential
     * @param name the model asked for
     * @param maxTokens the longest answer
     * @param timeout of a whole call
     */
    public record ModelBackend(Optional<URI> url, Optional<ApiKey> key, String name, int maxTokens, Duration timeout) {}

    /** The longest bound that may be put on a prompt, in code points. */
    private static final int LONGEST_INPUT = 1_000_000;

    private static final int MOST_TOKENS = 1_000_000;
    private static final int LONGEST_TIMEOUT_SECONDS = 3600;
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads an environment.
     *
     * @throws ConfigurationException when anything in it is wrong; all problems at once
     */
    public static Configuration from(Map<String, String> environment) {
        EnvironmentReader read = new EnvironmentReader(environment);
        InetAddress bind = read.address(CLAWSEC_BIND_ADDRESS);
        boolean open = read.flag(CLAWSEC_TOKEN_ALLOW_OPEN);
        TokenMode mode = tokenMode(read, bind, open);
        boolean managementOff = read.text(CLAWSEC_MANAGEMENT_PORT).equals("off");
        Configuration configuration = new Configuration(
                read.integer(PORT, 0, HIGHEST_PORT),
                bind,
                managementOff
                        ? OptionalInt.empty()
                        : OptionalInt.of(read.integer(CLAWSEC_MANAGEMENT_PORT, 0, HIGHEST_PORT)),
                read.isSet(CLAWSEC_MANAGEMENT_PORT),
                read.path(CLAWSEC_DATA_DIR).orElseGet(() -> Path.of(CLAWSEC_DATA_DIR.defaultValue())),
                read.text(DATABASE_URL),
                read.optional(JWT_SECRET_KEY),
                mode,
                mode == TokenMode.DEVELOPMENT && exposed(read, bind),
                new ModelBackend(
                        read.httpUrl(LLM_API_URL),
                        read.optional(LLM_API_KEY).map(ApiKey::new),
                        read.text(LLM_MODEL),
                        read.integer(LLM_MAX_TOKENS, 1, MOST_TOKENS),
                        Duration.ofSeconds(read.integer(LLM_TIMEOUT, 1, LONGEST_TIMEOUT_SECONDS))),
                read.origins(ALLOWED_ORIGINS),
                read.blocks(TRUSTED_PROXIES),
                read.integer(MAX_INPUT_LENGTH, 1, LONGEST_INPUT),
                read.path(CLAWSEC_POLICY_DIR),
                Map.copyOf(environment));
        if (mode != TokenMode.DEVELOPMENT && configuration.signingSecret().isEmpty()) {
            read.problem(JWT_SECRET_KEY, "is required outside development mode: 32 random bytes or more");
        }
        read.throwProblems();
        return configuration;
    }

    private static TokenMode tokenMode(EnvironmentReader read, InetAddress bind, boolean open) {
        boolean unsafe = exposed(read, bind) && !open;
        Optional<String> asked = read.optional(CLAWSEC_TOKEN_MODE);
        if (asked.isEmpty()) {
            return unsafe ? TokenMode.OFF : TokenMode.DEVELOPMENT;
        }
        Optional<TokenMode> mode = TokenMode.of(asked.get());
        if (mode.isEmpty()) {
            read.problem(CLAWSEC_TOKEN_MODE, "must be development, client-credentials, token-exchange or off");
        } else if (mode.get() == TokenMode.DEVELOPMENT && unsafe) {
            read.problem(
                    CLAWSEC_TOKEN_MODE,
                    "development lets anyone take any role, so it is refused on Lambda, on Kubernetes and on an address"
                            + " that is not loopback; CLAWSEC_TOKEN_ALLOW_OPEN=true overrides");
        }
        return mode.orElse(TokenMode.OFF);
    }

    private static boolean exposed(EnvironmentReader read, InetAddress bind) {
        return !bind.isLoopbackAddress()
                || read.raw("AWS_LAMBDA_FUNCTION_NAME").isPresent()
                || read.raw("KUBERNETES_SERVICE_HOST").isPresent();
    }

    /** Whether this runs on AWS Lambda, where no local file lasts. */
    public boolean onLambda() {
        return environment.containsKey("AWS_LAMBDA_FUNCTION_NAME");
    }

    /** Leaves everything out: half of it is confidential. */
    @Override
    public String toString() {
        return "Configuration[port=" + port + "]";
    }
}
