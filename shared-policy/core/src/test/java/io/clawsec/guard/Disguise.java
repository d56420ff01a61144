package io.clawsec.guard;

import io.clawsec.guard.text.KnownWords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The ways to disguise a text that decision 0014 promises to see through, and the texts for which it does. */
enum Disguise {
    FULL_WIDTH(Kind.FOLDING, Disguise::any, text -> byCharacter(text, c -> shifted(c, 0xFEE0))),
    ZERO_WIDTH(Kind.FOLDING, Disguise::any, text -> byCharacter(text, c -> Character.toString(c) + '\u200B')),
    SOFT_HYPHEN(Kind.FOLDING, Disguise::any, text -> byCharacter(text, c -> Character.toString(c) + '\u00AD')),
    VARIATION_SELECTOR(Kind.FOLDING, Disguise::any, text -> byCharacter(text, c -> Character.toString(c) + '\uFE0E')),
    COMBINING_MARK(Kind.FOLDING, Disguise::any, text -> byCharacter(text, Disguise::struckOut)),
    LOOK_ALIKES(Kind.FOLDING, Disguise::any, Disguise::borrowed),
    TAGS(Kind.FOLDING, Disguise::isOneAsciiLine, text -> byCharacter(text, c -> Character.toString(c + 0xE0000))),
    SELECTOR_BYTES(Kind.FOLDING, Disguise::any, text -> byByte(text, Disguise::selector)),

    BASE64(Kind.ENCODING, Disguise::isTwelveBytes, text -> whole(text, base64(text))),
    BASE64_URL(Kind.ENCODING, Disguise::isTwelveBytes, text -> whole(text, base64Url(text))),
    BASE64_TWICE(Kind.ENCODING, Disguise::isTwelveBytes, text -> whole(text, base64(base64(text)))),
    HEX(
            Kind.ENCODING,
            // What has no letter is a number.
            (text, words) -> isTwelveBytes(text, words) && !hex(text).matches("[0-9]+"),
            text -> whole(text, hex(text))),
    PERCENT(Kind.ENCODING, Disguise::any, text -> byByte(text, value -> String.format("%%%02X", value))),
    QUOTED_PRINTABLE(Kind.ENCODING, Disguise::any, text -> byByte(text, value -> String.format("=%02X", value))),
    ENTITIES(Kind.ENCODING, Disguise::any, text -> byCharacter(text, c -> String.format("&#x%x;", c))),
    JSON(Kind.ENCODING, Disguise::any, text -> byCharacter(text, Disguise::escaped)),

    /**
     * Digits and signs that are in the text would be read as letters, those that are written for letters are read as small
     * ones, and one word of four letters must be known.
     */
    LEET(
            Kind.SPELLING,
            (text, words) -> isOneAsciiLine(text, words)
                    && !Pattern.compile("[0-9@$!|+(]").matcher(text).find()
                    && words.longest(text) >= 4,
            text -> byCharacter(text, Disguise::leet)),
    /** Words and the marks of sentences letter by letter, with two blanks more between words. */
    SPACED(
            Kind.SPELLING,
            (text, words) -> isProse(text) && words.longest(text) >= 4,
            text -> byCharacter(text, c -> c == ' ' ? "  " : Character.toString(c) + ' ')),
    /** Letter by letter in every word; those of fewer than four letters must be known to be put together. */
    DASHED(
            Kind.SPELLING,
            (text, words) -> Pattern.matches("[A-Za-z ]+[.!?]?", text)
                    && words.longest(text) >= 4
                    && words.allShorterAreKnown(text, 4),
            Disguise::dashed),
    REVERSED(
            Kind.SPELLING,
            (text, words) -> isOneAsciiLine(text, words) && words.longestTurned(text) >= 5,
            text -> moved(text, i -> text.length() - 1 - i)),
    REVERSED_WORDS(
            Kind.SPELLING,
            (text, words) -> isOneAsciiLine(text, words) && words.longestTurned(text) >= 5,
            Disguise::eachWordTurned),
    ROT13(
            Kind.SPELLING,
            (text, words) -> isOneAsciiLine(text, words) && words.longestRotated(text) >= 5,
            text -> byCharacter(text, c -> Character.toString(rotated(c))));

    /** What a disguise is, and so for which rules, and where, it is undone. */
    enum Kind {
        /** Looks like the text or is not seen at all: for every rule, in inputs and outputs. */
        FOLDING,
        /** Stands for the text by a code that everybody knows: for every rule, in inputs and outputs. */
        ENCODING,
        /** Spells the text otherwise: for injections, by the words of their rules, in inputs. */
        SPELLING
    }

    /**
     * A text in disguise.
     *
     * @param from where in it each character of the original begins
     * @param to where each is over, but for what is not seen
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Disguised(String text, int[] from, int[] to) {

        /** Whether the finding has all that stands for the original's characters from start to end. */
        boolean isIn(Finding finding, int start, int end) {
            return IntStream.range(start, end).allMatch(i -> finding.start() <= from[i] && to[i] <= finding.end());
        }
    }

    private static final String LATIN = "aceopxyABCEHKMOPTX";
    private static final String TWINS =
            "\u0430\u0441\u0435\u043E\u0440\u0445\u0443\u0410\u0412\u0421\u0415\u041D\u041A\u041C\u041E\u0420\u0422\u0425";
    private static final Pattern PROSE = Pattern.compile("([\"(]?[A-Za-z0-9]+[\")]?[.,:;!?]?( |$))+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern WORD_OF_LETTERS = Pattern.compile("\\p{L}+");
    private static final double LEAST_LEET = 0.975;
    private static final double LEAST_DASHED = 0.86;
    private static final double LEAST_REVERSED = 0.99;
    private static final int FEW_SELECTORS = 16;

    private final Kind kind;
    private final BiPredicate<String, KnownWords> hidesIt;
    private final Function<String, Disguised> disguise;

    Disguise(Kind kind, BiPredicate<String, KnownWords> hidesIt, Function<String, Disguised> disguise) {
        this.kind = kind;
        this.hidesIt = hidesIt;
        this.disguise = disguise;
    }

    /** The share of the texts it suits in which the guard must see through it in an input. */
    double leastSeenThrough() {
        return switch (this) {
            case LEET -> LEAST_LEET; // a digit alone may be a number, and 1 beside an l an l
            case DASHED -> LEAST_DASHED; // a short word may go on in the next one: "me the" has meth in it
            case REVERSED -> LEAST_REVERSED; // an address backwards is another address
            default -> 1;
        };
    }

    Kind kind() {
        return kind;
    }

    /** Whether the text can wear it, and the guard can be expected to see through. */
    boolean suits(String text, KnownWords words) {
        return hidesIt.test(text, words) && !of(text).text().equals(text);
    }

    Disguised of(String text) {
        return disguise.apply(text);
    }

    private static boolean any(String text, KnownWords words) {
        return true;
    }

    private static boolean isOneAsciiLine(String text, KnownWords words) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static boolean isProse(String text) {
        return PROSE.matcher(text).matches();
    }

    /** Sixteen characters of base64, the fewest that are looked at; eight bytes would do in hexadecimal. */
    private static boolean isTwelveBytes(String text, KnownWords words) {
        return bytes(text).length >= 12;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }

    /** All of it stands for each character. */
    private static Disguised whole(String text, String disguised) {
        int[] to = new int[text.length()];
        Arrays.fill(to, disguised.length());
        return new Disguised(disguised, new int[text.length()], to);
    }

    private static Disguised byCharacter(String text, IntFunction<String> disguise) {
        StringBuilder all = new StringBuilder();
        int[] from = new int[text.length()];
        int[] to = new int[text.length()];
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int next = i + Character.charCount(character);
            Arrays.fill(from, i, next, all.length());
            Arrays.fill(to, i, next, all.length() + 1);
            all.append(disguise.apply(character));
            i = next;
        }
        return new Disguised(all.toString(), from, to);
    }

    /** Each character in another place. */
    private static Disguised moved(String text, IntUnaryOperator place) {
        char[] all = new char[text.length()];
        int[] from = new int[text.length()];
        int[] to = new int[text.length()];
        for (int i = 0; i < text.length(); i++) {
            from[i] = place.applyAsInt(i);
            to[i] = from[i] + 1;
            all[from[i]] = text.charAt(i);
        }
        return new Disguised(new String(all), from, to);
    }

    private static Disguised eachWordTurned(String text) {
        int[] places = IntStream.range(0, text.length()).toArray();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            for (int i = word.start(); i < word.end(); i++) {
                places[i] = word.start() + word.end() - 1 - i;
            }
        }
        return moved(text, i -> places[i]);
    }

    /** A dash between two letters of one word. */
    private static Disguised dashed(String text) {
        int[] at = {0};
        return byCharacter(text, c -> {
            int next = ++at[0];
            boolean inWord = isAsciiLetter(c) && next < text.length() && isAsciiLetter(text.charAt(next));
            return Character.toString(c) + (inWord ? "-" : "");
        });
    }

    /** The letters that have twins, but for one in each word that would have no letter of its own left. */
    private static Disguised borrowed(String text) {
        StringBuilder all = new StringBuilder(text);
        Matcher word = WORD_OF_LETTERS.matcher(text);
        while (word.find()) {
            boolean own = word.group().chars().anyMatch(c -> LATIN.indexOf(c) < 0);
            for (int i = word.start(); i < word.end() - (own ? 0 : 1); i++) {
                int twin = LATIN.indexOf(text.charAt(i));
                all.setCharAt(i, twin < 0 ? text.charAt(i) : TWINS.charAt(twin));
            }
        }
        int[] at = {0};
        return byCharacter(text, c -> String.valueOf(all.charAt(at[0]++)));
    }

    private static Disguised byByte(String text, IntFunction<String> disguise) {
        return byCharacter(text, c -> {
            StringBuilder all = new StringBuilder();
            for (byte value : bytes(Character.toString(c))) {
                all.append(disguise.apply(value & 0xFF));
            }
            return all.toString();
        });
    }

    private static boolean isAsciiLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static String shifted(int c, int by) {
        return Character.toString(c > ' ' && c <= '~' ? c + by : c);
    }

    private static String struckOut(int c) {
        boolean taken = isAsciiLetter(c) || (c >= '0' && c <= '9');
        return Character.toString(c) + (taken ? "\u0336" : "");
    }

    private static String selector(int value) {
        return Character.toString(value < FEW_SELECTORS ? 0xFE00 + value : 0xE0100 + value - FEW_SELECTORS);
    }

    private static String escaped(int c) {
        StringBuilder all = new StringBuilder();
        for (char half : Character.toChars(c)) {
            all.append(String.format("\\u%04x", (int) half));
        }
        return all.toString();
    }

    private static String leet(int c) {
        int at = "oieast".indexOf(c);
        return at < 0 ? Character.toString(c) : String.valueOf("013457".charAt(at));
    }

    private static int rotated(int c) {
        if (!isAsciiLetter(c)) {
            return c;
        }
        return (c | 0x20) < 'n' ? c + 13 : c - 13;
    }
}
