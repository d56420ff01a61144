package io.clawsec.guard.text;

import org.jspecify.annotations.Nullable;

/**
 * Resolves escapes where they stand: {@code %69} of URLs (RFC 3986, 2.1), HTML's character references, {@code =69} of
 * mail (RFC 2045, 6.7), and {@code \}{@code u0069} of JSON and programs. An escape that escapes its own sign, such as
 * {@code %252569}, is one however deep it goes, so its depth costs nothing.
 */
final class Escapes {

    /** The value of each ASCII character as a hexadecimal digit, or -1. */
    private static final byte[] HEX_DIGITS = hexDigits();

    /** Which ASCII characters begin escapes; asked of each character of a text. */
    private static final boolean[] SIGNS = new boolean[0x80];

    static {
        for (char sign : "%&\\=".toCharArray()) {
            SIGNS[sign] = true;
        }
    }

    /** What follows a backslash in the escapes of programs. */
    static final String OF_PROGRAMS = "uxnrt\"'/";

    private final String text;
    private final ViewBuilder view;
    private final ByteRun bytes;
    private final boolean quotedPrintable;

    private Escapes(TextView source) {
        this.text = source.text();
        this.view = new ViewBuilder(source);
        this.bytes = new ByteRun(view);
        this.quotedPrintable = QuotedPrintable.isIn(text);
    }

    /** The view with the escapes resolved; null if there is none. */
    static @Nullable TextView resolve(TextView source) {
        return new Escapes(source).run();
    }

    private @Nullable TextView run() {
        int at = 0;
        while (at < text.length()) {
            char sign = text.charAt(at);
            if (sign >= SIGNS.length || !SIGNS[sign]) {
                at++;
                continue;
            }
            int end = switch (sign) {
                case '%' -> percent(at);
                case '&' -> entity(at);
                case '\\' -> backslash(at);
                case '=' -> quotedPrintable ? equalsSign(at) : at;
                default -> at;
            };
            at = Math.max(end, at + 1);
        }
        return view.isChanged() ? view.build(ViewKind.UNESCAPED) : null;
    }

    /** Each of these returns where the escape ends, or where it would have begun if there is none. */
    private int percent(int at) {
        int digits = at + 1;
        while (text.startsWith("25", digits)) {
            digits += 2;
        }
        int value = hex(text, digits);
        if (value >= 0) {
            bytes.add(value, at, digits + 2);
            return digits + 2;
        }
        if (digits > at + 1) {
            bytes.add('%', at, digits);
            return digits;
        }
        return digits < text.length() && text.charAt(digits) == 'u' ? unicode(at, digits + 1) : at;
    }

    private int entity(int at) {
        int name = at + 1;
        while (text.startsWith("amp;", name)) {
            name += "amp;".length();
        }
        int end = name < text.length() && text.charAt(name) == '#' ? number(at, name + 1) : named(at, name);
        if (end == at && name > at + 1) {
            view.replace(at, name, '&');
            return name;
        }
        return end;
    }

    private int named(int at, int name) {
        int end = name;
        while (end < text.length()
                && end - name < Entities.MAX_NAME
                && CharacterKind.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        if (end == text.length() || text.charAt(end) != ';') {
            return at;
        }
        String characters = Entities.named(text.substring(name, end));
        if (characters == null) {
            return at;
        }
        view.replace(at, end + 1, characters);
        return end + 1;
    }

    private int number(int at, int digits) {
        boolean hex = digits < text.length() && (text.charAt(digits) | 0x20) == 'x';
        int radix = hex ? 16 : 10;
        int first = hex ? digits + 1 : digits;
        int end = endOfNumber(first, radix);
        if (end == first) {
            return at;
        }
        int value = number(first, end, radix);
        end = end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
        return codePoint(value, at, end);
    }

    private int backslash(int at) {
        int kind = at + 1;
        while (kind < text.length() && text.charAt(kind) == '\\') {
            kind++;
        }
        char escaped = kind < text.length() ? text.charAt(kind) : 0;
        int value = escaped == 'x' ? hex(text, kind + 1) : -1;
        if (value >= 0) {
            bytes.add(value, at, kind + 3);
            return kind + 3;
        }
        if (escaped == 'u') {
            int end = unicode(at, kind + 1);
            return Math.max(end, kind);
        }
        if (escaped == 'x' || OF_PROGRAMS.indexOf(escaped) < 0) {
            return kind; // past the whole run, so that none of it is looked at twice
        }
        char meant = escaped == 't' ? '\t' : escaped == 'n' || escaped == 'r' ? '\n' : escaped;
        view.replace(at, kind + 1, meant);
        return kind + 1;
    }

    /** Four hexadecimal digits, or some in braces. */
    private int unicode(int at, int digits) {
        int high = hex(text, digits);
        int low = hex(text, digits + 2);
        if (high >= 0 && low >= 0) {
            view.replace(at, digits + 4, (char) ((high << Byte.SIZE) | low));
            return digits + 4;
        }
        if (digits >= text.length() || text.charAt(digits) != '{') {
            return at;
        }
        int end = endOfNumber(digits + 1, 16);
        boolean closed = end > digits + 1 && end < text.length() && text.charAt(end) == '}';
        return closed ? codePoint(number(digits + 1, end, 16), at, end + 1) : at;
    }

    private int endOfNumber(int from, int radix) {
        int end = from;
        while (end < text.length() && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    /** The number from start to end; it may have any number of leading zeros, and what is too large is 0, which is no escape. */
    private int number(int from, int to, int radix) {
        int value = 0;
        for (int i = from; i < to && value <= Character.MAX_CODE_POINT; i++) {
            value = value * radix + Character.digit(text.charAt(i), radix);
        }
        return value <= Character.MAX_CODE_POINT ? value : 0;
    }

    private int equalsSign(int at) {
        int value = hex(text, at + 1);
        if (value >= 0) {
            bytes.add(value, at, at + 3);
            return at + 3;
        }
        if (!QuotedPrintable.isSoftBreak(text, at)) {
            return at;
        }
        int end = text.indexOf('\n', at) + 1;
        view.copy(at);
        view.leaveOut(end);
        return end;
    }

    private int codePoint(int value, int at, int end) {
        boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        if (value <= 0 || value > Character.MAX_CODE_POINT || surrogate) {
            return at;
        }
        view.replace(at, end, Character.toString(value));
        return end;
    }

    /** The byte that two hexadecimal digits spell, or -1. */
    static int hex(String text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        int high = hexDigit(text.charAt(at));
        int low = hexDigit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    static int hexDigit(char character) {
        return character < HEX_DIGITS.length ? HEX_DIGITS[character] : -1;
    }

    private static byte[] hexDigits() {
        byte[] digits = new byte[0x80];
        for (int character = 0; character < digits.length; character++) {
            digits[character] = (byte) Character.digit(character, 16);
        }
        return digits;
    }
}
