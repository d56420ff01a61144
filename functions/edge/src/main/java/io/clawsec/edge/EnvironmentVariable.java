package io.clawsec.edge;

import io.clawsec.settings.Setting;
import java.util.Map;

/** Every environment variable that is read, with its default; the README's table is checked against this list. */
public enum EnvironmentVariable {
    PORT("8080", "Port of the API."),
    CLAWSEC_BIND_ADDRESS("127.0.0.1", "Address both ports listen on; `0.0.0.0` in a container."),
    CLAWSEC_MANAGEMENT_PORT(
            "9090",
            "Port of `/metrics` and `/health` without a token; `off` for none. The default is given up, with a warning,"
                    + " where it is taken."),
    CLAWSEC_DATA_DIR(".clawsec", "Folder of the database and the generated secret, made with mode 0700."),
    DATABASE_URL(
            "sqlite:clawsec.db",
            "The store: `sqlite:path` or `sqlite:///path`, relative to the data folder; or"
                    + " `postgresql://user:password@host:port/database` or `dynamodb://prefix?region=&endpoint=`, see below."),
    JWT_SECRET_KEY(
            "",
            "Signs and verifies tokens (HS256): 32 bytes or more. In development mode one is generated when it is not"
                    + " set. Refused where functions run apart."),
    CLAWSEC_JWT_PRIVATE_KEY_FILE(
            "",
            "PEM file (PKCS#8) of the Ed25519 or P-256 key that signs tokens, in place of the secret. Where functions run"
                    + " apart, issue-token alone has it; in development mode it generates one."),
    CLAWSEC_JWT_PUBLIC_KEYS_FILE(
            "",
            "PEM file of the public keys whose tokens are believed, 1 to 16, the private key's other half among them."
                    + " Read again while it runs."),
    CLAWSEC_TOKEN_MODE(
            "",
            "`development`: anyone who reaches a loopback address may ask for any role; `off`: `/token` answers 403,"
                    + " as it does in `client-credentials` and `token-exchange`, which are not there yet. Without a value: `development` on a loopback address, else `off`."),
    CLAWSEC_TOKEN_ALLOW_OPEN(
            "false", "`true` lets development mode run on an address that others can reach. Warns at every start."),
    LLM_API_URL("", "The backend's full chat-completions URL. Without it the built-in mock answers."),
    LLM_API_KEY("", "The backend's key."),
    LLM_MODEL("gpt-4", "The model asked for where the caller names none."),
    LLM_MAX_TOKENS("2048", "The longest answer asked for where the caller names no bound: 1 to 1,000,000 tokens."),
    LLM_TIMEOUT("30", "Seconds a model call may take in all: 1 to 3600."),
    LLM_HTTP_PROXY("", "Proxy for an `http` backend; also `HTTP_PROXY`."),
    LLM_HTTPS_PROXY("", "Proxy for an `https` backend; also `HTTPS_PROXY`."),
    LLM_NO_PROXY("", "Hosts reached without a proxy, comma-separated; also `NO_PROXY`."),
    CLAWSEC_LLM_ALLOWED_HOSTS(
            "",
            "Hosts of backends that may be at a loopback or private address, comma-separated; the host of `LLM_API_URL` may"
                    + " without. Link-local and metadata addresses never may."),
    ALLOWED_ORIGINS("", "Origins whose scripts may call, comma-separated."),
    TRUSTED_PROXIES("", "Proxies whose forwarded headers are believed: addresses or CIDR blocks, comma-separated."),
    MAX_INPUT_LENGTH("32768", "Longest prompt, in code points: 1 to 1,000,000."),
    OTLP_ENDPOINT(
            "",
            "Receiver of spans and log records, OTLP over gRPC: `http` or `https`, host and port, such as"
                    + " `http://localhost:4317`. Without it nothing is exported."),
    OTEL_RESOURCE_ATTRIBUTES(
            "",
            "What they say of this process, `key=value` and comma-separated, such as"
                    + " `deployment.environment.name=staging`."),
    CLAWSEC_POLICY_DIR(
            "",
            "Folder whose `roles.yaml`, `injection.yaml`, `secrets.yaml`, `pii.yaml` replace the packaged ones. Read again"
                    + " when they change; what cannot be used leaves the last good version in force."),
    CLAWSEC_DATA_KEY(
            "",
            "Encrypts what is secret among saved settings: 32 random bytes in hex or Base64. Without it a key cannot be"
                    + " saved."),
    CLAWSEC_LOCKED(
            "",
            "Settings that `PATCH /config` may not change, comma-separated: sections (`policy`) or fields (`llm.api_url`)."
                    + " What was saved of them does not count either.");

    /** The variables that say what an administrator may change too. */
    static final Map<EnvironmentVariable, Setting> SETTINGS = Map.of(
            LLM_API_URL, Setting.API_URL,
            LLM_API_KEY, Setting.API_KEY,
            LLM_MODEL, Setting.MODEL,
            LLM_MAX_TOKENS, Setting.MAX_TOKENS,
            LLM_TIMEOUT, Setting.TIMEOUT_SECONDS,
            MAX_INPUT_LENGTH, Setting.MAX_INPUT_LENGTH,
            ALLOWED_ORIGINS, Setting.ALLOWED_ORIGINS,
            TRUSTED_PROXIES, Setting.TRUSTED_PROXIES);

    private final String defaultValue;
    private final String description;

    EnvironmentVariable(String defaultValue, String description) {
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** What stands in where it is not set; empty for none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** What it is, in Markdown. */
    public String description() {
        return description;
    }
}
