package io.clawsec.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the error table.
 *
 * @param name what is wrong with the request
 * @param ask the request
 * @param status expected
 * @param code of the problem detail
 * @param event type of the one audit event the request leaves; null: none
 * @param headers that the response must have, by name
 */
record ErrorRow(
        String name,
        Ask ask,
        int status,
        String code,
        @Nullable String event,
        Map<String, String> headers) {

    ErrorRow(String name, Ask ask, int status, String code, @Nullable String event) {
        this(name, ask, status, code, event, Map.of());
    }

    /** The same line with one more header expected. */
    ErrorRow expecting(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ErrorRow(name, ask, status, code, event, more);
    }

    @Override
    public String toString() {
        return name + ": " + status + " " + code;
    }
}
