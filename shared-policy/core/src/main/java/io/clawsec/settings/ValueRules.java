package io.clawsec.settings;

import io.clawsec.address.AddressRules;
import io.clawsec.address.CidrBlock;
import io.clawsec.guard.rule.RuleMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The rules that fields are made of. */
final class ValueRules {

    private static final int LONGEST_URL = 2048;
    private static final int LONGEST_KEY = 4096;
    private static final int LONGEST_MODEL = 128;
    private static final int LONGEST_ITEM = 512;
    private static final int MOST_ITEMS = 100;
    private static final int MOST_MODES = 1000;
    private static final int HIGHEST_PORT = 65_535;

    private ValueRules() {}

    static ValueRule flag() {
        return value -> unless(value instanceof Boolean, "must be true or false");
    }

    static ValueRule integer(long least, long most) {
        return value -> unless(
                value instanceof Long number && number >= least && number <= most,
                "must be an integer from " + least + " to " + most);
    }

    static ValueRule oneOf(Collection<String> names) {
        return value -> unless(
                value instanceof String text && names.contains(text), "must be one of " + String.join(", ", names));
    }

    static ValueRule modelName() {
        return text(
                name -> !name.isBlank()
                        && name.length() <= LONGEST_MODEL
                        && name.chars().noneMatch(Character::isISOControl),
                "must be a model's name of 1 to " + LONGEST_MODEL + " characters");
    }

    /** What goes into a header as it is. */
    static ValueRule apiKey() {
        return text(
                key -> key.length() <= LONGEST_KEY && key.chars().allMatch(c -> c > ' ' && c < 0x7F),
                "must be visible ASCII characters without spaces, at most " + LONGEST_KEY);
    }

    static ValueRule backendUrl() {
        ValueRule web = text(
                url -> url.isEmpty() || isWebUrl(url),
                "must be an http or https URL with a host and without credentials");
        return value -> web.objection(value)
                .or(() -> value.equals("")
                        ? Optional.empty()
                        : AddressRules.formOf(URI.create((String) value).getHost())
                                .map(refusal -> refusal.sentence()));
    }

    private static boolean isWebUrl(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return text.length() <= LONGEST_URL
                    && web
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= HIGHEST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static ValueRule modes() {
        return value -> {
            if (!(value instanceof Map<?, ?> modes) || modes.size() > MOST_MODES) {
                return Optional.of("must be an object of at most " + MOST_MODES + " rules and categories");
            }
            return unless(
                    modes.values().stream()
                            .allMatch(mode -> mode instanceof String name
                                    && RuleMode.of(name).isPresent()),
                    "must give each rule or category enforce, monitor or off");
        };
    }

    /** Origins as browsers send them, or {@code *}: anything else would never match, and nobody would know why. */
    static ValueRule origins() {
        return items(item -> item.equals("*") || isOrigin(item)
                ? Optional.empty()
                : Optional.of("not an origin: scheme://host or scheme://host:port, in lower case"));
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() != null
                    && text.equals((uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static ValueRule addressBlocks() {
        return items(item -> {
            try {
                CidrBlock.parse(item);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }

    private static ValueRule text(Predicate<String> sound, String sentence) {
        return value -> unless(value instanceof String text && sound.test(text), sentence);
    }

    private static ValueRule items(Function<String, Optional<String>> ofItem) {
        return value -> {
            if (!(value instanceof List<?> items) || items.size() > MOST_ITEMS) {
                return Optional.of("must be a list of at most " + MOST_ITEMS + " texts");
            }
            for (int i = 0; i < items.size(); i++) {
                Optional<String> objection = items.get(i) instanceof String text && text.length() <= LONGEST_ITEM
                        ? ofItem.apply(text)
                        : Optional.of("not a text of at most " + LONGEST_ITEM + " characters");
                if (objection.isPresent()) {
                    return Optional.of("item " + (i + 1) + ": " + objection.get());
                }
            }
            return Optional.empty();
        };
    }

    private static Optional<String> unless(boolean sound, String sentence) {
        return sound ? Optional.empty() : Optional.of(sentence);
    }
}
