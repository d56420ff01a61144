package io.clawsec.edge.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query string, decoded strictly: every value of every key, in order. */
final class QueryString {

    private static final int MOST_PARAMETERS = 64;

    private QueryString() {}

    /**
     * Decodes a raw query string; {@code +} is a space.
     *
     * @throws IllegalArgumentException when an escape is broken, the bytes are not UTF-8, or there are too many parameters
     */
    static Map<String, List<String>> parse(@Nullable String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return parameters;
        }
        String[] pairs = raw.split("&", -1);
        if (pairs.length > MOST_PARAMETERS) {
            throw new IllegalArgumentException("more than " + MOST_PARAMETERS + " parameters");
        }
        for (String pair : pairs) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(escaped(text, i));
                i += 2;
            } else if (c == '+') {
                bytes.write(' ');
            } else if (c > ' ' && c < 0x7f) {
                bytes.write(c);
            } else {
                throw new IllegalArgumentException("a character that a query string cannot hold");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    private static int escaped(String text, int percent) {
        boolean whole = percent + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(percent + 1)) // not Character.digit: other scripts have digits too
                && HexFormat.isHexDigit(text.charAt(percent + 2));
        if (!whole) {
            throw new IllegalArgumentException("a broken escape");
        }
        return HexFormat.fromHexDigits(text, percent + 1, percent + 3);
    }
}
