package io.clawsec.store.dynamodb;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values as DynamoDB writes them, and read back without belief in what they are. */
final class Attributes {

    private Attributes() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue binary(byte[] value) {
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value));
    }

    /** The text under a name; null when there is none. */
    static @Nullable String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    /** The text under a name; empty when there is none. */
    static String textOrEmpty(Map<String, AttributeValue> item, String name) {
        String text = text(item, name);
        return text == null ? "" : text;
    }

    /** The whole number under a name; the other when there is none. */
    static long number(Map<String, AttributeValue> item, String name, long other) {
        AttributeValue value = item.get(name);
        if (value == null || value.n() == null) {
            return other;
        }
        try {
            return Long.parseLong(value.n());
        } catch (NumberFormatException e) {
            return other;
        }
    }

    /** The bytes under a name; none when there are none. */
    static byte[] binary(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.b() == null ? new byte[0] : value.b().asByteArrayUnsafe();
    }
}
