package io.clawsec.store.dynamodb;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the tables are: {@code dynamodb://prefix?region=&endpoint=}, both options optional. What is not said here, the
 * SDK finds where it always does: {@code AWS_REGION}, {@code AWS_ENDPOINT_URL}, the credentials of the role.
 *
 * @param prefix begins every table's name
 * @param region of AWS, such as {@code eu-central-1}
 * @param endpoint of another service than AWS's own, such as DynamoDB Local
 */
public record DynamoDbUrl(String prefix, Optional<String> region, Optional<URI> endpoint) {

    static final String SCHEME = "dynamodb:";

    /** Table names have 255 characters at most; the longest suffix is added to this one. */
    static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(?:-[a-z]+)+-[0-9]{1,2}");
    private static final Set<String> OPTIONS = Set.of("region", "endpoint");
    private static final String START = SCHEME + "//";

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is not of this form; the message goes on from the name of the variable
     */
    public static DynamoDbUrl parse(String url) {
        if (!url.startsWith(START)) {
            throw new IllegalArgumentException("must be dynamodb://prefix?region=...&endpoint=...");
        }
        String rest = url.substring(START.length());
        int question = rest.indexOf('?');
        String prefix = question < 0 ? rest : rest.substring(0, question);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "must name a prefix of its tables, dynamodb://prefix: 1 to 200 letters, digits, '_', '-' or '.'");
        }
        Map<String, String> options = options(question < 0 ? "" : rest.substring(question + 1));
        Optional<String> region = Optional.ofNullable(options.get("region"));
        if (region.isPresent() && !REGION.matcher(region.get()).matches()) {
            throw new IllegalArgumentException("has a region that is none, such as eu-central-1");
        }
        return new DynamoDbUrl(
                prefix, region, Optional.ofNullable(options.get("endpoint")).map(DynamoDbUrl::endpoint));
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new HashMap<>();
        if (query.isEmpty()) {
            return options;
        }
        for (String option : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (!OPTIONS.contains(name)) {
                throw new IllegalArgumentException("has an option that is neither region nor endpoint");
            }
            String value = equals < 0 ? "" : option.substring(equals + 1);
            if (value.isEmpty() || options.put(name, value) != null) {
                throw new IllegalArgumentException("must give the option " + name + " once, with a value");
            }
        }
        return options;
    }

    private static URI endpoint(String text) {
        try {
            URI endpoint = new URI(text);
            boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
            boolean plain = endpoint.getRawUserInfo() == null
                    && endpoint.getRawQuery() == null
                    && endpoint.getRawFragment() == null;
            if (web && plain && endpoint.getHost() != null) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // said below, without the text, which may hold what nobody should read
        }
        throw new IllegalArgumentException("has an endpoint that is not http://host:port or https://host:port");
    }
}
