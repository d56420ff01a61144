package io.clawsec.store.postgres;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Knows a COMMIT among what one connection of the driver sends. */
final class CommitsOnTheWire implements Predicate<byte[]> {

    /** The driver prepares its COMMIT as it uses it first, and from then on says its name only. */
    private static final Pattern PREPARED = Pattern.compile("\0?(S_[0-9]+)\0COMMIT\0");

    private @Nullable String name;

    @Override
    public boolean test(byte[] sent) {
        String text = new String(sent, StandardCharsets.ISO_8859_1);
        Matcher prepared = PREPARED.matcher(text);
        if (prepared.find()) {
            name = prepared.group(1);
        }
        return name != null && text.contains("\0" + name + "\0");
    }
}
