package io.clawsec.store.dynamodb;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverter;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTag;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A schema in the making: which fields of an item are which attributes. Said by hand and not found by looking into
 * classes, which costs time at each start. What is read under a name and is of another type is as if it were not there:
 * whoever damages an item does not stop its readers.
 */
final class ItemSchema<T> {

    private static final Converter<String> TEXT = new Converter<>(
            EnhancedType.of(String.class), AttributeValueType.S, AttributeValue::fromS, AttributeValue::s);

    private static final Converter<Long> NUMBER = new Converter<>(
            EnhancedType.of(Long.class),
            AttributeValueType.N,
            number -> AttributeValue.fromN(number.toString()),
            ItemSchema::number);

    private static final Converter<byte[]> BYTES = new Converter<>(
            EnhancedType.of(byte[].class),
            AttributeValueType.B,
            bytes -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)),
            value -> value.b() == null ? null : value.b().asByteArrayUnsafe());

    private final StaticTableSchema.Builder<T> schema;

    /**
     * A schema without attributes.
     *
     * @param empty makes an item that has no attribute
     */
    ItemSchema(Class<T> type, Supplier<T> empty) {
        schema = StaticTableSchema.builder(type).newItemSupplier(empty);
    }

    private record Converter<V>(
            EnhancedType<V> type,
            AttributeValueType attributeValueType,
            Function<V, AttributeValue> from,
            Function<AttributeValue, @Nullable V> to)
            implements AttributeConverter<V> {

        @Override
        public AttributeValue transformFrom(V value) {
            return from.apply(value);
        }

        @Override
        public @Nullable V transformTo(AttributeValue value) {
            return to.apply(value);
        }
    }

    private static @Nullable Long number(AttributeValue value) {
        try {
            return value.n() == null ? null : Long.valueOf(value.n());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    ItemSchema<T> text(
            String name, Function<T, @Nullable String> get, BiConsumer<T, String> set, StaticAttributeTag... tags) {
        return add(name, TEXT, get, set, tags);
    }

    ItemSchema<T> number(
            String name, Function<T, @Nullable Long> get, BiConsumer<T, Long> set, StaticAttributeTag... tags) {
        return add(name, NUMBER, get, set, tags);
    }

    ItemSchema<T> bytes(
            String name, Function<T, byte @Nullable []> get, BiConsumer<T, byte[]> set, StaticAttributeTag... tags) {
        return add(name, BYTES, get, set, tags);
    }

    private <V> ItemSchema<T> add(
            String name,
            Converter<V> converter,
            Function<T, @Nullable V> get,
            BiConsumer<T, V> set,
            StaticAttributeTag... tags) {
        schema.addAttribute(
                converter.type(),
                attribute -> attribute
                        .name(name)
                        .attributeConverter(converter)
                        .getter(get)
                        .setter(set)
                        .tags(tags));
        return this;
    }

    TableSchema<T> build() {
        return schema.build();
    }
}
