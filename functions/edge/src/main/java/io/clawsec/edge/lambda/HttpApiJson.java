package io.clawsec.edge.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import io.clawsec.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events and responses as JSON: of an event what the door reads, and nothing else. */
final class HttpApiJson {

    private HttpApiJson() {}

    /**
     * Reads an event; what it lacks is null in it.
     *
     * @throws MalformedJsonException when the bytes are no JSON object, or a field is of another type
     */
    static APIGatewayV2HTTPEvent read(byte[] utf8) throws MalformedJsonException {
        Map<String, @Nullable Object> event = Json.parseObject(utf8);
        return APIGatewayV2HTTPEvent.builder()
                .withVersion(text(event, "version"))
                .withRawPath(text(event, "rawPath"))
                .withRawQueryString(text(event, "rawQueryString"))
                .withHeaders(texts(map(event, "headers")))
                .withCookies(cookies(event))
                .withBody(text(event, "body"))
                .withIsBase64Encoded(Boolean.TRUE.equals(value(event, "isBase64Encoded", Boolean.class)))
                .withRequestContext(context(map(event, "requestContext")))
                .build();
    }

    private static @Nullable RequestContext context(@Nullable Map<?, ?> context) throws MalformedJsonException {
        if (context == null) {
            return null;
        }
        Map<?, ?> http = map(context, "http");
        RequestContext.Http asked = http == null
                ? null
                : RequestContext.Http.builder()
                        .withMethod(text(http, "method"))
                        .withSourceIp(text(http, "sourceIp"))
                        .build();
        return RequestContext.builder()
                .withStage(text(context, "stage"))
                .withHttp(asked)
                .build();
    }

    private static @Nullable List<String> cookies(Map<?, ?> event) throws MalformedJsonException {
        List<?> values = value(event, "cookies", List.class);
        if (values == null) {
            return null;
        }
        List<String> cookies = new ArrayList<>();
        for (Object cookie : values) {
            cookies.add(typed(cookie, String.class));
        }
        return cookies;
    }

    private static @Nullable Map<String, String> texts(@Nullable Map<?, ?> values) throws MalformedJsonException {
        if (values == null) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            texts.put(String.valueOf(entry.getKey()), typed(entry.getValue(), String.class));
        }
        return texts;
    }

    private static @Nullable Map<?, ?> map(Map<?, ?> object, String key) throws MalformedJsonException {
        return value(object, key, Map.class);
    }

    private static @Nullable String text(Map<?, ?> object, String key) throws MalformedJsonException {
        return value(object, key, String.class);
    }

    private static <T> @Nullable T value(Map<?, ?> object, String key, Class<T> type) throws MalformedJsonException {
        Object value = object.get(key);
        return value == null ? null : typed(value, type);
    }

    private static <T> T typed(@Nullable Object value, Class<T> type) throws MalformedJsonException {
        if (!type.isInstance(value)) {
            throw new MalformedJsonException("a field of the event is of another type");
        }
        return type.cast(value);
    }

    static byte[] write(APIGatewayV2HTTPResponse response) {
        return Json.write(new JsonObject()
                .with("statusCode", response.getStatusCode())
                .with("headers", response.getHeaders())
                .with("cookies", response.getCookies())
                .with("body", response.getBody())
                .with("isBase64Encoded", response.getIsBase64Encoded()));
    }
}
