package io.clawsec.conformance;

import io.clawsec.conformance.Reply.Header;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import io.clawsec.json.MalformedJsonException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an API Gateway HTTP API makes of a request, and of a function's response (payload format 2.0), as AWS documents it.
 * Written without the product's own code, which it checks.
 */
final class HttpApiEvents {

    /** The client's address, as API Gateway saw it. */
    static final String SOURCE_IP = "203.0.113.7";

    private static final String HOST = "abc123.execute-api.eu-west-1.amazonaws.com";

    private HttpApiEvents() {}

    static byte[] event(Ask ask) {
        return event(ask, decoded(ask.path()), "$default");
    }

    /** An HTTP API decodes a path before it routes it, and what it calls raw is the result. */
    static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static byte[] event(Ask ask, String rawPath, String stage) {
        String[] target = ask.target().split("\\?", 2);
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> cookies = new ArrayList<>();
        headers.put("host", HOST);
        headers.put("x-amzn-trace-id", "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e");
        headers.put("x-forwarded-proto", "https");
        headers.put("x-forwarded-port", "443");
        for (String line : ask.headers()) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (name.equals("cookie")) {
                cookies.addAll(List.of(value.split("; *", -1)));
            } else {
                headers.merge(name, value, (before, more) -> before + "," + more);
            }
        }
        headers.merge("x-forwarded-for", SOURCE_IP, (before, more) -> before + ", " + more);
        JsonObject event = new JsonObject()
                .with("version", "2.0")
                .with("routeKey", "$default")
                .with("rawPath", rawPath)
                .with("rawQueryString", target.length > 1 ? target[1] : "");
        if (!cookies.isEmpty()) {
            event.with("cookies", cookies);
        }
        event.with("headers", headers).with("requestContext", context(ask.method(), rawPath, stage));
        byte[] body = ask.body();
        if (body == null) {
            return Json.write(event.with("isBase64Encoded", false));
        }
        headers.put("content-length", Integer.toString(body.length));
        String text = isText(headers.getOrDefault("content-type", "")) ? text(body) : null;
        return Json.write(event.with("body", text == null ? Base64.getEncoder().encodeToString(body) : text)
                .with("isBase64Encoded", text == null));
    }

    private static JsonObject context(String method, String path, String stage) {
        return new JsonObject()
                .with("accountId", "123456789012")
                .with("apiId", "abc123")
                .with("domainName", HOST)
                .with("domainPrefix", "abc123")
                .with(
                        "http",
                        new JsonObject()
                                .with("method", method)
                                .with("path", path)
                                .with("protocol", "HTTP/1.1")
                                .with("sourceIp", SOURCE_IP)
                                .with("userAgent", "test"))
                .with("requestId", "JKJaXmPLvHcESHA=")
                .with("routeKey", "$default")
                .with("stage", stage)
                .with("time", "10/Mar/2020:05:16:23 +0000")
                .with("timeEpoch", 1583817383220L);
    }

    private static boolean isText(String contentType) {
        return contentType.startsWith("text/") || contentType.startsWith("application/json");
    }

    private static @Nullable String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static Reply reply(byte[] response) {
        Map<String, @Nullable Object> fields;
        try {
            fields = Json.parseObject(response);
        } catch (MalformedJsonException e) {
            throw new AssertionError("no response: " + new String(response, StandardCharsets.UTF_8), e);
        }
        List<Header> headers = new ArrayList<>();
        Map<String, String> single = Clone.at(fields, "headers");
        single.forEach((name, value) -> headers.add(new Header(name, value)));
        List<String> cookies = Clone.at(fields, "cookies");
        cookies.forEach(cookie -> headers.add(new Header("Set-Cookie", cookie)));
        String body = Clone.at(fields, "body");
        boolean base64 = Clone.at(fields, "isBase64Encoded");
        long status = Clone.at(fields, "statusCode");
        return new Reply(
                (int) status,
                headers,
                base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8));
    }
}
