package io.clawsec.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is being made: its keys stay in the order in which they are put, so that every process writes the
 * same bytes. Not safe for use by many threads.
 */
public final class JsonObject {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** Puts one more field at the end. */
    public JsonObject with(String key, @Nullable Object value) {
        if (fields.containsKey(key)) {
            throw new IllegalArgumentException("the object has this key already: " + key);
        }
        fields.put(key, value);
        return this;
    }

    /** What was put, in order. */
    public Map<String, @Nullable Object> fields() {
        return Collections.unmodifiableMap(fields);
    }
}
