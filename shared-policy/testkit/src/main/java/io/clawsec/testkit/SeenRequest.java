package io.clawsec.testkit;

import com.sun.net.httpserver.HttpExchange;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it reached the {@link ScriptedModelBackend}.
 *
 * @param method such as {@code POST}
 * @param target the path with its query; absolute where the request came through a proxy
 * @param headers by lower-case name, each with its values in order
 * @param body the body's tree; empty where the body was no JSON object
 */
public record SeenRequest(
        String method, URI target, Map<String, List<String>> headers, Map<String, @Nullable Object> body) {

    private static final int LONGEST_BODY = 64 * 1024 * 1024;

    static SeenRequest of(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY);
        return new SeenRequest(exchange.getRequestMethod(), exchange.getRequestURI(), Map.copyOf(headers), tree(bytes));
    }

    private static Map<String, @Nullable Object> tree(byte[] bytes) {
        try {
            return Json.parseObject(bytes);
        } catch (MalformedJsonException e) {
            return Map.of();
        }
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(values -> values.get(0));
    }

    /** The model that was asked for; empty text where none was. */
    public String model() {
        return body.get("model") instanceof String model ? model : "";
    }

    /** What the last message from the user says; empty text where there is none. */
    public String lastUserMessage() {
        String last = "";
        if (body.get("messages") instanceof List<?> messages) {
            for (Object message : messages) {
                if (message instanceof Map<?, ?> fields
                        && "user".equals(fields.get("role"))
                        && fields.get("content") instanceof String content) {
                    last = content;
                }
            }
        }
        return last;
    }

    /** Leaves headers and body out: they hold keys and prompts. */
    @Override
    public String toString() {
        return "SeenRequest[" + method + " " + target + "]";
    }
}
