package io.clawsec.settings;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a part of the settings, made anew only when that part has changed. Safe for use by many threads.
 *
 * @param <K> the part; compared by {@code equals}
 * @param <T> what is made of it
 */
public final class Derived<K, T> {

    private final Function<Settings, K> part;
    private final Function<K, T> maker;
    private volatile @Nullable Made<K, T> last;

    private record Made<K, T>(K part, T product) {}

    public Derived(Function<Settings, K> part, Function<K, T> maker) {
        this.part = part;
        this.maker = maker;
    }

    /** The value for these settings. */
    public T of(Settings settings) {
        K wanted = part.apply(settings);
        Made<K, T> made = last;
        return made != null && made.part.equals(wanted) ? made.product : make(wanted);
    }

    private synchronized T make(K wanted) {
        Made<K, T> made = last;
        if (made != null && made.part.equals(wanted)) {
            return made.product;
        }
        T value = maker.apply(wanted);
        last = new Made<>(wanted, value);
        return value;
    }
}
