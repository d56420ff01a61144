package io.clawsec.settings;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What the operator's environment says of the settings.
 *
 * @param values sound values of the fields that are set; confidential
 * @param locked fields of which the API may change none: what was saved of them does not count either, so that the
 *     environment alone decides
 */
public record SettingsLayer(Map<Setting, Object> values, Set<Setting> locked) {

    public SettingsLayer {
        Map<Setting, Object> ordered = new EnumMap<>(Setting.class);
        ordered.putAll(values);
        values = Collections.unmodifiableMap(ordered);
        locked = Set.copyOf(locked);
    }

    /** Nothing set and nothing locked. */
    public static SettingsLayer empty() {
        return new SettingsLayer(Map.of(), Set.of());
    }

    /** Shows the fields only. */
    @Override
    public String toString() {
        return "SettingsLayer" + values.keySet() + " locked " + locked;
    }
}
