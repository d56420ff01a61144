package io.clawsec.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request, to the byte: what a polite client would never send can be asked as well. Immutable.
 *
 * <p>Left to itself it gets a {@code Host}, a {@code Content-Length} where there is a body, and {@code Connection: close}.
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares requests
record Ask(
        String method,
        String target,
        List<String> headers,
        byte @Nullable [] body,
        @Nullable String role) {

    static Ask of(String method, String target) {
        return new Ask(method, target, List.of(), null, null);
    }

    static Ask get(String target) {
        return of("GET", target);
    }

    static Ask post(String target) {
        return of("POST", target);
    }

    /** One more header line, whatever is there already. */
    Ask with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Ask(method, target, more, body, role);
    }

    Ask bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** Asked by somebody new who has this role; null: as it stands. */
    Ask as(@Nullable String roleName) {
        return new Ask(method, target, headers, body, roleName);
    }

    /** Asked by nobody, or by whom its headers name. */
    Ask asNobody() {
        return new Ask(method, target, headers, body, null);
    }

    /** The target without its query string. */
    String path() {
        return target.split("\\?", 2)[0];
    }

    Ask body(byte[] bytes) {
        return new Ask(method, target, headers, bytes, role);
    }

    Ask body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Ask json(String text) {
        return with("Content-Type", "application/json").body(text);
    }

    /** The whole request as it goes over the wire. */
    byte[] bytes(int port) {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (lacks("host")) {
            head.append("Host: localhost:").append(port).append("\r\n");
        }
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (body != null && lacks("content-length") && lacks("transfer-encoding")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        if (lacks("connection")) {
            head.append("Connection: close\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    /** Whether no header line of it has this name. */
    boolean lacks(String lowerCaseName) {
        return headers.stream().noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(lowerCaseName + ":"));
    }
}
