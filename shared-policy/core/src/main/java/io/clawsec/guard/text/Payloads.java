package io.clawsec.guard.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes texts in base64 (RFC 4648, both alphabets, with or without padding, broken over lines) and in hexadecimal
 * where they stand. What does not decode to text stays as it is: an image costs the look at its first and last bytes.
 */
final class Payloads {

    /** Characters of the shortest payload: twelve bytes in base64, eight in hexadecimal. */
    static final int MIN_CHARACTERS = 16;

    /** Characters by which a payload is judged. */
    private static final int WINDOW = 64;
    /** Where its first character may be missing, or have been put on. */
    private static final int ALIGNMENTS = 4;

    private static final byte[] SEXTETS = sextets();

    private final String text;
    private final byte[] window = new byte[WINDOW];
    private final HexPayloads hex;
    private final ViewBuilder view;
    /** Pairs are looked at once: up to here it is done. */
    private int pairsDone;

    private Payloads(TextView source) {
        this.text = source.text();
        this.hex = new HexPayloads(text);
        this.view = new ViewBuilder(source);
    }

    /** The view with the payloads decoded; null if there is none. */
    static @Nullable TextView decode(TextView source) {
        return new Payloads(source).run();
    }

    /** Whether the character is in one of base64's alphabets; hexadecimal's is part of them. */
    static boolean isInAlphabet(int character) {
        return character < SEXTETS.length && SEXTETS[character] >= 0;
    }

    private @Nullable TextView run() {
        int at = 0;
        while (at < text.length()) {
            if (!isInAlphabet(text.charAt(at))) {
                at++;
                continue;
            }
            int end = at + 1;
            while (end < text.length() && isInAlphabet(text.charAt(end))) {
                end++;
            }
            int last = pairs(at);
            at = last > at ? last : end - at >= MIN_CHARACTERS ? payload(at, end) : end;
        }
        return view.isChanged() ? view.build(ViewKind.DECODED) : null;
    }

    /** Decodes the pairs that begin here and returns where they end; here, if there are none or they are no text. */
    private int pairs(int start) {
        if (start < pairsDone || Escapes.hexDigit(text.charAt(start)) < 0) {
            return start;
        }
        pairsDone = hex.endOfPairs(start);
        if (pairsDone > start) {
            byte[] bytes = hex.pairs(start, pairsDone);
            if (TextBytes.areText(bytes, bytes.length)) {
                replace(start, pairsDone, bytes);
                return pairsDone;
            }
        }
        return start;
    }

    private int payload(int start, int end) {
        boolean any = false;
        for (int from = hex.next(start, end); from < end; from = hex.next(hex.end(from, end), end)) {
            int to = hex.end(from, end);
            byte[] bytes = hex.text(from, to);
            if (bytes.length > 0) {
                replace(from, to, bytes);
                any = true;
            }
        }
        if (any) {
            return end;
        }
        int head = endOfLines(start, end, WINDOW);
        for (int first = start; first < start + ALIGNMENTS; first++) {
            int tail = first + Math.max(0, end - first - WINDOW) / 4 * 4;
            if (isText(first, head) || (tail > first && isText(tail, end))) {
                int last = endOfLines(start, end, Integer.MAX_VALUE);
                replace(first, padded(last), bytes(first, last));
                return padded(last);
            }
        }
        return end;
    }

    /** Whether what is read from here, and not past the end, begins as a text. */
    private boolean isText(int from, int end) {
        return TextBytes.mayBeText(window, fill(from, end, MIN_CHARACTERS))
                && TextBytes.areText(window, fill(from, end, WINDOW));
    }

    /** Decodes up to so many characters into the window and returns the number of bytes. */
    private int fill(int from, int end, int characters) {
        return decode(from, end, characters, window);
    }

    private byte[] bytes(int from, int end) {
        byte[] bytes = new byte[(end - from) * 3 / 4 + 3];
        int length = decode(from, end, Integer.MAX_VALUE, bytes);
        return Arrays.copyOf(bytes, length);
    }

    private int decode(int from, int end, int characters, byte[] bytes) {
        int bits = 0;
        int buffer = 0;
        int length = 0;
        int read = 0;
        for (int at = from; at < end && read < characters; at++) {
            char character = text.charAt(at);
            if (isInAlphabet(character)) { // between lines it is not
                buffer = (buffer << 6) | SEXTETS[character];
                bits += 6;
                read++;
                if (bits >= Byte.SIZE) {
                    bits -= Byte.SIZE;
                    bytes[length++] = (byte) (buffer >> bits);
                }
            }
        }
        return length;
    }

    /** Where a payload broken over lines ends: lines are as long as the first one, the last one shorter. */
    private int endOfLines(int start, int firstEnd, int characters) {
        int length = firstEnd - start;
        int end = firstEnd;
        while (end - start < characters) {
            int line = nextLine(end);
            int lineEnd = line;
            while (lineEnd < text.length() && lineEnd - line <= length && isInAlphabet(text.charAt(lineEnd))) {
                lineEnd++;
            }
            boolean last = lineEnd - line < length;
            if (lineEnd == line || lineEnd - line > length || (last && !endsLine(lineEnd))) {
                return end;
            }
            end = lineEnd;
            if (last) {
                return end;
            }
        }
        return end;
    }

    private int nextLine(int end) {
        if (text.startsWith("\r\n", end)) {
            return end + 2;
        }
        return end < text.length() && text.charAt(end) == '\n' ? end + 1 : text.length();
    }

    private boolean endsLine(int at) {
        return at == text.length() || "=\r\n".indexOf(text.charAt(at)) >= 0;
    }

    private int padded(int end) {
        int padded = end;
        while (padded < text.length() && padded < end + 2 && text.charAt(padded) == '=') {
            padded++;
        }
        return padded;
    }

    private void replace(int start, int end, byte[] bytes) {
        boolean gluedBefore = start > 0 && Character.isLetterOrDigit(text.charAt(start - 1));
        boolean gluedBehind = end < text.length() && Character.isLetterOrDigit(text.charAt(end));
        String decoded = TextBytes.decode(bytes);
        view.replace(start, end, (gluedBefore ? " " : "") + decoded + (gluedBehind ? " " : ""));
    }

    private static byte[] sextets() {
        byte[] sextets = new byte[128];
        Arrays.fill(sextets, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            sextets[alphabet.charAt(i)] = (byte) i;
        }
        sextets['-'] = sextets['+'];
        sextets['_'] = sextets['/'];
        return sextets;
    }
}
