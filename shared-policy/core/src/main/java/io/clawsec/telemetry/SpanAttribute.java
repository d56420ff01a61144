package io.clawsec.telemetry;

/**
 * Everything that a span may say. What is not here cannot be said, and a text is said only if it has the form of a name:
 * no prompt, no answer and no token gets into a trace by mistake.
 *
 * <p>Keys other than ClawSec's own are those of OpenTelemetry's semantic conventions (HTTP, databases, generative AI).
 */
public enum SpanAttribute {
    REQUEST_ID("request.id"),
    USER_ROLE("user.role"),
    /** On a request: that nobody refused it, though its backend may have failed. On a pass of the guard: no block. */
    POLICY_ALLOWED("policy.allowed"),
    /** How many places a pass of the guard found. */
    POLICY_FINDINGS("policy.findings"),
    /** The ids of the rules that found them. */
    POLICY_RULES("policy.rules"),
    POLICY_CATEGORIES("policy.categories"),
    HTTP_METHOD("http.request.method"),
    HTTP_ROUTE("http.route"),
    HTTP_STATUS("http.response.status_code"),
    ERROR_TYPE("error.type"),
    DB_SYSTEM("db.system.name"),
    GEN_AI_OPERATION("gen_ai.operation.name"),
    GEN_AI_PROVIDER("gen_ai.provider.name"),
    GEN_AI_REQUEST_MODEL("gen_ai.request.model"),
    GEN_AI_REQUEST_MAX_TOKENS("gen_ai.request.max_tokens"),
    GEN_AI_REQUEST_TEMPERATURE("gen_ai.request.temperature"),
    GEN_AI_RESPONSE_MODEL("gen_ai.response.model"),
    GEN_AI_INPUT_TOKENS("gen_ai.usage.input_tokens"),
    GEN_AI_OUTPUT_TOKENS("gen_ai.usage.output_tokens");

    /** The longest text, in characters. */
    public static final int LONGEST = 128;

    /** How many texts one attribute may have. */
    public static final int MOST_VALUES = 32;

    private static final String PUNCTUATION = "-_.:/@+$";

    private final String key;

    SpanAttribute(String key) {
        this.key = key;
    }

    /** The key in a trace. */
    public String key() {
        return key;
    }

    /** Whether a text has the form of a name: letters and digits of ASCII and some of its punctuation, no spaces. */
    public static boolean admits(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
