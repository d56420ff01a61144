package io.clawsec.settings;

import io.clawsec.json.FieldError;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What became of a change. */
public sealed interface ChangeResult {

    /** Chooses by kind; the JDK 17 form of an exhaustive switch. */
    <T> T fold(Function<Changed, T> changed, Function<Invalid, T> invalid, Function<Stale, T> stale);

    /**
     * It is durable and in force here.
     *
     * @param settings after it
     * @param differences what is different now, by field
     */
    record Changed(Settings settings, Map<Setting, Difference> differences) implements ChangeResult {
        public Changed {
            differences = Map.copyOf(differences);
        }

        @Override
        public <T> T fold(Function<Changed, T> changed, Function<Invalid, T> invalid, Function<Stale, T> stale) {
            return changed.apply(this);
        }
    }

    /** A field's value before and after, as callers may see them. */
    record Difference(Object before, Object after) {}

    /** Fields are wrong; nothing was changed. */
    record Invalid(List<FieldError> errors) implements ChangeResult {
        public Invalid {
            errors = List.copyOf(errors);
        }

        @Override
        public <T> T fold(Function<Changed, T> changed, Function<Invalid, T> invalid, Function<Stale, T> stale) {
            return invalid.apply(this);
        }
    }

    /** Somebody has saved something since the version that the change was made for; nothing was changed. */
    record Stale() implements ChangeResult {
        @Override
        public <T> T fold(Function<Changed, T> changed, Function<Invalid, T> invalid, Function<Stale, T> stale) {
            return stale.apply(this);
        }
    }
}
