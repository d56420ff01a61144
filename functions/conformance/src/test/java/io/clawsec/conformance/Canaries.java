package io.clawsec.conformance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Unique texts that were put somewhere confidential, and the search for them in all the forms a leak may take. */
final class Canaries {

    /** Long enough that nothing else holds it by chance, short enough to find one that was cut. */
    private static final int LEAST_FOUND = 12;

    private final Map<String, String> byName = new LinkedHashMap<>();

    /** A new one. */
    String hatch(String name) {
        return keep(name, RunningClawSec.unique("canary"));
    }

    /** A text that is confidential of itself. */
    String keep(String name, String text) {
        byName.put(name, text);
        return text;
    }

    /** Which of them are in a place, and in which form. */
    List<String> in(String place, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String lowered = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        byName.forEach((name, canary) -> {
            if (text.contains(canary) || lowered.contains(canary.toLowerCase(Locale.ROOT))) {
                found.add(name + " is in " + place);
            } else if (text.contains(head(canary)) || text.contains(tail(canary))) {
                found.add("a part of " + name + " is in " + place);
            } else if (base64(canary).stream().anyMatch(text::contains)) {
                found.add(name + " is in " + place + " as base64");
            } else if (lowered.contains(hex(canary)) || text.contains(utf16(canary))) {
                found.add(name + " is in " + place + " as hex or UTF-16");
            } else if (text.contains(percent(canary)) || text.contains(escaped(canary))) {
                found.add(name + " is in " + place + " with escapes");
            }
        });
        return found;
    }

    List<String> in(String place, String text) {
        return in(place, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is left of it behind the text that all have in common. */
    private static String tail(String canary) {
        return canary.substring(canary.length() - LEAST_FOUND);
    }

    private static String head(String canary) {
        int unique = canary.startsWith("canary-") ? "canary-".length() : Math.max(0, canary.length() / 2 - LEAST_FOUND);
        return canary.substring(unique, unique + LEAST_FOUND);
    }

    /** Base64 of the text wherever it stands in what was encoded: one form for each place in a group of three. */
    private static List<String> base64(String canary) {
        List<String> forms = new ArrayList<>();
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = ("x".repeat(shift) + canary).getBytes(StandardCharsets.UTF_8);
            String plain = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            String sure = plain.substring(shift == 0 ? 0 : 4, plain.length() - 4);
            forms.add(sure);
            forms.add(sure.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    private static String hex(String canary) {
        return HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8));
    }

    private static String utf16(String canary) {
        return new String(canary.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    }

    /** Every character percent-encoded, or only those that must be. */
    private static String percent(String canary) {
        String encoded = URLEncoder.encode(canary, StandardCharsets.UTF_8);
        return encoded.equals(canary) ? "%" + hex(canary).replaceAll("(..)(?=.)", "$1%") : encoded;
    }

    private static String escaped(String canary) {
        StringBuilder escaped = new StringBuilder();
        canary.chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
        return escaped.toString();
    }
}
