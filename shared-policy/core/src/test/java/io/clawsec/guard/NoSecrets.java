package io.clawsec.guard;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Texts full of what looks random and is no credential: digests, identifiers, encoded images, minified programs. */
final class NoSecrets {

    private static final String[] SYLLABLES = {
        "lo", "rem", "ip", "sum", "do", "lor", "sit", "am", "et", "con", "sec", "te", "tur", "ad", "i", "pis", "cing",
        "e", "lit", "ve", "nia", "quis", "nos", "trud", "ex", "er", "ci", "ta", "tion", "ul", "lam", "co", "la", "bo",
        "ris"
    };
    private static final String[] PROGRAM = {
        "function",
        "return",
        "this",
        "var",
        "for",
        "if",
        "else",
        "typeof",
        "void 0",
        "null",
        "Object.keys",
        "prototype",
        "length",
        "push",
        "apply",
        "exports",
        "require",
        "default",
        "__esModule",
        "createElement",
        "useState",
        "key",
        "token",
        "auth",
        "secret",
        "password",
        "value",
        "props",
        "children",
        "className",
        "onClick",
        "addEventListener"
    };

    private final Random random;
    private final List<Supplier<String>> kinds;

    NoSecrets(Random random) {
        this.random = random;
        this.kinds = List.of(
                () -> "md5 " + hex(16) + "  archive.tar.gz",
                () -> "commit " + hex(20) + "\nAuthor: Jane Roe\n\n    Fix the " + word(),
                () -> "sha256:" + hex(32),
                () -> "checksum (sha512) = " + hex(64),
                () -> "{\"id\": \"" + uuid() + "\", \"parent\": \"" + uuid() + "\"}",
                () -> "<img src=\"data:image/png;base64," + base64(200 + random.nextInt(1500)) + "\">",
                this::minified,
                () -> prose(60),
                () -> "Your order " + digits(10) + "-" + digits(4) + " of " + date() + " has the tracking number 1Z"
                        + upper(16),
                () -> date() + " INFO request " + hex(8) + " took " + digits(3) + " ms, trace " + hex(16) + " span "
                        + hex(8),
                () -> hex(4).substring(1) + " " + word() + "\n" + hex(4).substring(1) + " Merge branch '" + word() + "-"
                        + digits(4) + "'",
                () -> "\"integrity\": \"sha512-" + base64(64) + "\",\n\"resolved\": \"https://registry.example/"
                        + word() + "\"",
                () -> "ETag: W/\"" + hex(8) + "-" + hex(5) + "\"\nIf-None-Match: \"" + base64(15) + "\"",
                () -> "<div class=\"css-" + lower(7) + " sc-" + mixed(6) + " " + word() + "__" + word() + "--"
                        + lower(5) + "\">",
                () -> "resourceVersion: \"" + digits(9) + "\"\nuid: " + uuid() + "\nname: api-" + lower(10) + "-"
                        + lower(5),
                () -> "FROM eclipse-temurin@sha256:" + hex(32) + " AS build",
                () -> "Cache key: v1-deps-" + hex(32) + "-" + word(),
                () -> "go.sum: example.com/" + word() + " v1.2.3 h1:" + base64(32),
                () -> "primary key: " + digits(12) + ", foreign key: " + uuid() + ", sort key: " + date(),
                () -> "the token count is " + digits(5) + " and the password field of " + word() + " is required",
                () -> "https://cdn.example/assets/app." + hex(10) + ".js?v=" + digits(10) + "#" + word(),
                () -> "public key fingerprint SHA256:" + base64(32).replace("=", ""),
                () -> "pk_live_" + mixed(24) + " is a publishable key",
                () -> "Message-ID: <" + mixed(24) + "." + digits(10) + "@mail.example>",
                () -> "0x" + hex(20) + " sent 3.2 to 0x" + hex(20));
    }

    /** A text of the kind whose turn it is. */
    String next(int turn) {
        return kinds.get(turn % kinds.size()).get();
    }

    private String minified() {
        StringBuilder text = new StringBuilder("!function(e,t){");
        int length = 300 + random.nextInt(1200);
        while (text.length() < length) {
            text.append(PROGRAM[random.nextInt(PROGRAM.length)])
                    .append(".()=,;:?[]{}!&|+\"'".charAt(random.nextInt(18)))
                    .append((char) ('a' + random.nextInt(26)))
                    .append(
                            random.nextInt(3) == 0
                                    ? "." + (char) ('A' + random.nextInt(26)) + mixed(random.nextInt(3))
                                    : "")
                    .append("=(,;)&".charAt(random.nextInt(6)));
        }
        return text.append("}();").toString();
    }

    private String prose(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(word()).append(random.nextInt(9) == 0 ? ". " : " ");
        }
        return text.toString();
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i >= 0; i--) {
            word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return word.toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String hex(int length) {
        return HexFormat.of().formatHex(bytes(length));
    }

    private String base64(int length) {
        return Base64.getEncoder().encodeToString(bytes(length));
    }

    private String uuid() {
        return UUID.nameUUIDFromBytes(bytes(16)).toString();
    }

    private String of(String characters, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    private String digits(int length) {
        return of("0123456789", length);
    }

    private String upper(int length) {
        return of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", length);
    }

    private String lower(int length) {
        return of("0123456789abcdefghijklmnopqrstuvwxyz", length);
    }

    private String mixed(int length) {
        return of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);
    }

    private String date() {
        return String.format(
                Locale.ROOT,
                "2026-%02d-%02dT%02d:%s:00Z",
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                "3" + random.nextInt(10));
    }
}
