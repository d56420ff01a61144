package io.clawsec.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * JSON texts (RFC 8259) as trees of plain values, strictly and within bounds.
 *
 * <p>A tree is a {@link Map} with the order of the text, a {@link List}, a {@link String}, a {@link Long} (an integer
 * that fits), a {@link BigDecimal} (every other number), a {@link Boolean} or null. Refused: bytes that are not UTF-8,
 * duplicate keys, unpaired surrogates, more than {@value #MAX_DEPTH} levels, numbers of more than
 * {@value #MAX_NUMBER_LENGTH} characters or beyond 10<sup>±{@value #MAX_EXPONENT}</sup>, anything behind the first value. How long a text may be is the caller's bound.
 */
public final class Json {

    /** How deeply arrays and objects may nest. */
    public static final int MAX_DEPTH = 64;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 100;

    /**
     * How many powers of ten a number may be away from 1. A double reaches 324; a larger exponent would only be a way to
     * make somebody's arithmetic run out of memory.
     */
    public static final int MAX_EXPONENT = 999;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            // Jackson would keep the keys it has seen for the next parser; a caller's text stays with its request.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            // Requests run on a bounded pool of platform threads, so the buffers need no queue that all of them share.
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private Json() {}

    /** Reads one JSON text. */
    public static @Nullable Object parse(byte[] utf8) throws MalformedJsonException {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("the bytes are not UTF-8");
        }
    }

    /** Reads one JSON text that is an object. */
    public static Map<String, @Nullable Object> parseObject(byte[] utf8) throws MalformedJsonException {
        return object(parse(utf8));
    }

    /** Reads one JSON text that is an object. */
    public static Map<String, @Nullable Object> parseObject(String text) throws MalformedJsonException {
        return object(parse(text));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object tree) throws MalformedJsonException {
        if (!(tree instanceof Map<?, ?> map)) {
            throw new MalformedJsonException("the text is not a JSON object");
        }
        @SuppressWarnings("unchecked") // every Map of this parser has String keys
        Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
        return object;
    }

    /** Reads one JSON text. */
    public static @Nullable Object parse(String text) throws MalformedJsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Object tree = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("there is something behind the JSON value");
            }
            return tree;
        } catch (JacksonException e) {
            throw new MalformedJsonException("the text is not well-formed JSON within the bounds");
        }
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws MalformedJsonException {
        if (token == null) {
            throw new MalformedJsonException("the text is empty");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> wellFormed(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedJsonException("the text is not well-formed JSON");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws MalformedJsonException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = wellFormed(parser.currentName());
            if (object.containsKey(key)) {
                throw new MalformedJsonException("an object has the same key twice");
            }
            object.put(key, value(parser, parser.nextToken()));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws MalformedJsonException {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static Object number(String text) throws MalformedJsonException {
        if (text.length() > MAX_NUMBER_LENGTH) { // Jackson applies its own bound only where it makes the number itself
            throw new MalformedJsonException("a number is too long");
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) { // an exponent that does not even fit an int
            throw new MalformedJsonException("a number is out of range");
        }
        if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
            throw new MalformedJsonException("a number is out of range");
        }
        boolean integer = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        if (integer) {
            BigInteger value = number.unscaledValue();
            if (value.bitLength() < Long.SIZE) {
                return value.longValue();
            }
        }
        return number;
    }

    private static String wellFormed(String text) throws MalformedJsonException {
        if (!isWellFormed(text)) {
            throw new MalformedJsonException("a string has an unpaired surrogate");
        }
        return text;
    }

    /** Whether every surrogate of the text is one of a pair: of others JSON and UTF-8 have no form. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * Writes a tree as UTF-8 without white space, keys in the order of their maps.
     *
     * <p>Beside the values that {@link #parse(byte[])} gives, it takes the JDK's other numbers, {@link UUID},
     * {@link Instant} and {@link Enum} (as text).
     *
     * @throws IllegalArgumentException if the tree holds what JSON has no form for, NaN, infinities and unpaired
     *     surrogates included
     */
    public static byte[] write(@Nullable Object tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(generator, tree);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("JSON has no form for a value of the tree");
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object tree) {
        if (tree == null) {
            generator.writeNull();
        } else if (tree instanceof JsonObject object) {
            write(generator, object.fields());
        } else if (tree instanceof Map<?, ?> map) {
            generator.writeStartObject();
            map.forEach((key, value) -> {
                generator.writeName(writable(String.valueOf(key)));
                write(generator, value);
            });
            generator.writeEndObject();
        } else if (tree instanceof Iterable<?> values) {
            generator.writeStartArray();
            values.forEach(value -> write(generator, value));
            generator.writeEndArray();
        } else if (tree instanceof Boolean value) {
            generator.writeBoolean(value);
        } else if (tree instanceof Number value) {
            writeNumber(generator, value);
        } else if (tree instanceof CharSequence || tree instanceof UUID || tree instanceof Instant) {
            generator.writeString(writable(tree.toString()));
        } else if (tree instanceof Enum<?> value) {
            generator.writeString(value.name());
        } else {
            throw new IllegalArgumentException("JSON has no form for " + tree.getClass());
        }
    }

    /** Jackson writes some unpaired surrogates as bytes that are not UTF-8. */
    private static String writable(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("JSON has no form for an unpaired surrogate");
        }
        return text;
    }

    private static void writeNumber(JsonGenerator generator, Number number) {
        if (number instanceof BigDecimal value) {
            generator.writeNumber(value);
        } else if (number instanceof BigInteger value) {
            generator.writeNumber(value);
        } else if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) { // Jackson would write it as a string
                throw new IllegalArgumentException("JSON has no form for " + number);
            }
            generator.writeNumber(new BigDecimal(number.toString()));
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte) {
            generator.writeNumber(number.longValue());
        } else {
            throw new IllegalArgumentException("JSON has no form for " + number.getClass());
        }
    }
}
