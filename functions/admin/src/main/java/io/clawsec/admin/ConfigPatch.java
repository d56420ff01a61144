package io.clawsec.admin;

import io.clawsec.call.Body;
import io.clawsec.call.Refusal;
import io.clawsec.json.Json;
import io.clawsec.json.JsonFields;
import io.clawsec.json.MalformedJsonException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /config/{section}}: of the right shape, its fields not yet judged.
 *
 * @param updates by field; confidential
 * @param version that the change was made for
 */
record ConfigPatch(Map<String, @Nullable Object> updates, OptionalLong version) {

    static <T> T read(Body body, Function<ConfigPatch, T> patch, Function<Refusal, T> refusal) {
        return body.fold(
                json -> read(json.utf8(), patch, refusal), unacceptable -> refusal.apply(unacceptable.refusal()));
    }

    private static <T> T read(byte[] utf8, Function<ConfigPatch, T> patch, Function<Refusal, T> refusal) {
        JsonFields fields;
        try {
            fields = new JsonFields(Json.parseObject(utf8));
        } catch (MalformedJsonException e) {
            return refusal.apply(new Refusal(Refusal.Code.INVALID_JSON, "The body is not a JSON object in UTF-8."));
        }
        Map<String, @Nullable Object> updates = fields.requiredObject("updates");
        OptionalInt version = fields.optionalInt("version", 0, Integer.MAX_VALUE);
        return fields.errors().isEmpty()
                ? patch.apply(new ConfigPatch(
                        updates, version.isPresent() ? OptionalLong.of(version.getAsInt()) : OptionalLong.empty()))
                : refusal.apply(Refusal.invalid(fields.errors()));
    }

    /** Shows the number of fields only. */
    @Override
    public String toString() {
        return "ConfigPatch[" + updates.size() + " fields]";
    }
}
