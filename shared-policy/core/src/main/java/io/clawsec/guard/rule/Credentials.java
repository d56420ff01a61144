package io.clawsec.guard.rule;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells a credential from the thing a manual prints in its place. */
final class Credentials {

    private static final int MIN_PASSWORD = 6;
    private static final int MIN_KEY = 12;
    private static final int MIN_KEY_DIGITS = 2;
    /** Bits per character; random base64 of 20 characters has about 4.1, an English phrase about 3.3. */
    private static final double MIN_ENTROPY = 3.5;
    /** Midway between random strings and names in a program; see {@link #changes}. */
    private static final double MIN_CHANGES = 0.45;
    /** Bits per character of what is random but short or hexadecimal; 16 random hexadecimal digits have about 3.2. */
    private static final double MIN_RANDOM_ENTROPY = 2.5;
    /** Letters alone are random where their case changes as it does not within words. */
    private static final double MIN_CASE_CHANGES = 0.35;
    /** Of the neighbours in a value that counts up, as 0123456789abcdef does. */
    private static final double MAX_ASCENDING = 0.5;

    /** A value with one of these in it is fetched from elsewhere, or filled in by the reader. */
    private static final List<String> REFERENCES = List.of(
            "${",
            "{{",
            "$(",
            "%(",
            "<",
            ">",
            "...",
            "\u2026",
            "****",
            "xxxxx",
            "####",
            "____",
            "()",
            "env.",
            "environ",
            "getenv",
            "config.",
            "settings.",
            "secrets.",
            "vault:",
            "arn:",
            "-redacted]");

    /** Words that say: put your own here. */
    private static final Set<String> STANDINS = Set.of(
            "example",
            "placeholder",
            "changeme",
            "changeit",
            "change",
            "todo",
            "redacted",
            "replace",
            "insert",
            "enter",
            "yourself",
            "none",
            "null",
            "undefined",
            "true",
            "false",
            "string",
            "foobar",
            "xxx",
            "here",
            "goes");

    private static final List<String> STANDIN_BEGINNINGS =
            List.of("your", "my_", "my-", "some-", "some_", "changeme", "placeholder", "example", "insert", "replace");

    /** Of the letters; below it the word stands beside something that may be real. */
    private static final double MIN_STANDIN_SHARE = 0.3;

    /** Names with operators between, as minified programs have them, and query strings too. */
    private static final String OPERATORS = "&=!?+:.";

    /** Letters of a name as minified programs have them. */
    private static final int SHORT_NAME = 2;

    private static final Pattern NOT_A_LETTER = Pattern.compile("[^a-z]+");

    private Credentials() {}

    /** A token by its form: it only must not be a stand-in. */
    static boolean token(String span) {
        return !standin(span);
    }

    /** Whether it is names with operators between them, one of the names a short one. */
    private static boolean isMinified(String span) {
        int names = 0;
        boolean shortName = false;
        int at = 0;
        while (at < span.length()) {
            int name = at;
            while (at < span.length() && isInName(span.charAt(at), at > name)) {
                at++;
            }
            int end = at;
            while (at < span.length() && OPERATORS.indexOf(span.charAt(at)) >= 0) {
                at++;
            }
            if (end == name || (at == end && at < span.length())) {
                return false;
            }
            names++;
            shortName |= end - name <= SHORT_NAME;
        }
        return names > 1 && shortName;
    }

    private static boolean isInName(char character, boolean later) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character == '$'
                || (later && character >= '0' && character <= '9');
    }

    /**
     * A password as people write it after the word: at least six characters, letters with digits or signs among them,
     * and not a stand-in, a call or a name in a program.
     */
    static boolean password(String span) {
        if (span.length() < MIN_PASSWORD || standin(span)) {
            return false;
        }
        if ((span.indexOf('&') >= 0 || span.indexOf('=') >= 0) && isMinified(span)) {
            return password(span.split("[&=!?+:.]", 2)[0]);
        }
        boolean letter = span.chars().anyMatch(Character::isLetter);
        boolean digit = span.chars().anyMatch(Character::isDigit);
        boolean sign = span.chars().anyMatch(c -> "!@#$%^&*+?~".indexOf(c) >= 0);
        return letter && (digit || sign);
    }

    /**
     * A key as people assign it to a name: at least twelve characters, letters and digits, and not a stand-in, a call,
     * or words joined by dashes, dots or underscores.
     */
    static boolean assignedKey(String span) {
        long digits = span.chars().filter(Character::isDigit).count();
        return span.length() >= MIN_KEY && digits >= MIN_KEY_DIGITS && password(span) && !fromManual(span);
    }

    /** A token by its form, and not the one that its vendor's manual prints. */
    static boolean issued(String span) {
        return token(span) && !fromManual(span);
    }

    /**
     * A random string in any alphabet, hexadecimal too: much entropy, digits among its characters or letters in changing
     * case, and neither counting up nor a stand-in.
     */
    static boolean random(String span) {
        boolean digit = span.chars().anyMatch(Character::isDigit);
        return (digit || changes(span) >= MIN_CASE_CHANGES)
                && entropy(span) >= MIN_RANDOM_ENTROPY
                && ascending(span) <= MAX_ASCENDING
                && issued(span);
    }

    /** A string of upper case, lower case and digits with much entropy (Shannon, 1948), and not a stand-in. */
    static boolean mixedCase(String span) {
        return span.chars().anyMatch(Character::isUpperCase)
                && span.chars().anyMatch(Character::isLowerCase)
                && span.chars().anyMatch(Character::isDigit)
                && !standin(span)
                && !fromManual(span)
                && entropy(span) >= MIN_ENTROPY;
    }

    /**
     * A random string: as {@link #mixedCase}, and changing from one kind of character to another so often as words,
     * names in a program, paths and digests do not.
     */
    static boolean highEntropy(String span) {
        long digits = span.chars().filter(Character::isDigit).count();
        return digits >= MIN_KEY_DIGITS && changes(span) >= MIN_CHANGES && mixedCase(span);
    }

    /** A JSON Web Token: its first part decodes to a JSON object that names an algorithm (RFC 7515, 4.1.1). */
    static boolean jsonWebToken(String span) {
        int dot = span.indexOf('.');
        try {
            byte[] header = Base64.getUrlDecoder().decode(span.substring(0, Math.max(dot, 0)));
            String json = new String(header, StandardCharsets.UTF_8);
            return json.startsWith("{") && json.contains("\"alg\"");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** A user's name and password in base64, as an authorization header has them (RFC 7617, 2). */
    static boolean basicAuthorization(String span) {
        try {
            String pair = new String(Base64.getDecoder().decode(span), StandardCharsets.ISO_8859_1);
            int colon = pair.indexOf(':');
            return colon >= 0
                    && pair.chars().allMatch(character -> character >= ' ' && character != 0x7F)
                    && token(pair.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** A Discord token: its first part is the bot's id, a number, in base64. */
    static boolean discordToken(String span) {
        try {
            byte[] id = Base64.getUrlDecoder().decode(span.substring(0, Math.max(span.indexOf('.'), 0)));
            return id.length > 0
                    && new String(id, StandardCharsets.ISO_8859_1).chars().allMatch(Character::isDigit);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Shannon's entropy in bits per character of the span's own character frequencies. */
    static double entropy(String span) {
        Map<Integer, Integer> counts = new HashMap<>();
        span.chars().forEach(character -> counts.merge(character, 1, Integer::sum));
        double bits = 0;
        for (int count : counts.values()) {
            double share = (double) count / span.length();
            bits -= share * Math.log(share) / Math.log(2);
        }
        return bits;
    }

    /**
     * The share of neighbours that are of different kinds (lower, upper, digit, sign): 0.62 expected for random
     * alphanumerics, about a third for names in camel case.
     */
    private static double changes(String span) {
        int changes = 0;
        for (int i = 1; i < span.length(); i++) {
            changes += Character.getType(span.charAt(i)) == Character.getType(span.charAt(i - 1)) ? 0 : 1;
        }
        return (double) changes / span.length();
    }

    /** The share of neighbours of which the second is one more than the first. */
    private static double ascending(String span) {
        int ascending = 0;
        for (int i = 1; i < span.length(); i++) {
            ascending += span.charAt(i) == span.charAt(i - 1) + 1 ? 1 : 0;
        }
        return (double) ascending / span.length();
    }

    /** Whether it ends as the keys in manuals do, AKIAIOSFODNN7EXAMPLE among them. */
    private static boolean fromManual(String span) {
        return span.endsWith("EXAMPLE") || span.endsWith("EXAMPLEKEY");
    }

    /** Whether the value stands for a secret without being one. */
    static boolean standin(String span) {
        String lower = span.toLowerCase(Locale.ROOT);
        if (lower.chars().distinct().count() <= 2 || REFERENCES.stream().anyMatch(lower::contains)) {
            return true;
        }
        if (STANDIN_BEGINNINGS.stream().anyMatch(lower::startsWith)) {
            return true;
        }
        int letters = 0;
        int standing = 0;
        for (String word : NOT_A_LETTER.split(lower)) {
            letters += word.length();
            standing += STANDINS.contains(word) || word.startsWith("your") ? word.length() : 0;
        }
        return standing > 0 && standing >= MIN_STANDIN_SHARE * letters;
    }
}
