package io.clawsec.conformance;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A response as it came over the wire. */
@SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares responses
record Reply(int status, List<Header> headers, byte[] body) {

    /** One header line. */
    record Header(String name, String value) {}

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The one value of a header; empty text where there is none. */
    String header(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new AssertionError(name + " stands " + values.size() + " times in the response");
        }
        return values.isEmpty() ? "" : values.get(0);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Map<String, @Nullable Object> json() {
        try {
            return Json.parseObject(body);
        } catch (MalformedJsonException e) {
            throw new AssertionError("status " + status + " and no JSON object: " + text(), e);
        }
    }

    /** A text field of the body. */
    String field(String name) {
        return String.valueOf(json().get(name));
    }

    /** Everything a caller sees, headers included. */
    String everything() {
        return headers.stream()
                        .map(header -> header.name() + ": " + header.value() + "\n")
                        .collect(Collectors.joining())
                + "\n"
                + text();
    }
}
