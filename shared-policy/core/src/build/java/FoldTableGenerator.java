import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.Transliterator;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the table that {@code io.clawsec.guard.text.FoldTable} reads: what each code point becomes in the folded view
 * of a text. Run by the build, with ICU on its class path; neither ships.
 *
 * <p>Sources: the Unicode Character Database and UTS #39's confusables as ICU carries them, CLDR's Latin-ASCII
 * transform. Same ICU, same bytes.
 */
public final class FoldTableGenerator {

    /** Values of the table; {@code FoldTable} has the same ones. */
    private static final int UNCHANGED = 0;

    private static final int REMOVED = 1;
    private static final int MARK = 2;
    private static final int FIRST_REPLACEMENT = 3;
    private static final int LOOK_ALIKE = 0x8000;

    private static final int BLOCK = 64;
    private static final int CODE_POINTS = 0x110000;
    /** The longest replacement: longer ones are ligatures of whole words, which no disguise is made of. */
    private static final int MAX_REPLACEMENT = 4;

    private static final int SMALLEST_EMOJI = 0x2300;

    /** Typographers' quotes, commas, ellipses and the times sign: common in plain prose, part of no disguise. */
    private static final Set<Integer> PROSE =
            Set.of(0xA1, 0xB4, 0xB7, 0xD7, 0x2018, 0x2019, 0x201A, 0x201B, 0x2025, 0x2026, 0x2032, 0x2033, 0x2035);

    /** Look-alikes that faux Cyrillic lives on and UTS #39 takes for small capitals. */
    private static final Map<Integer, Character> FAUX = Map.of(0x43A, 'k', 0x41A, 'K', 0x3BA, 'k');

    /** Signs drawn like ASCII ones that forge markup or split words. */
    private static final String MARKUP = "<>|/\\:;!?()[]{}#=*+~@&%$._-^";

    private static final Pattern DRESSED_LETTER =
            Pattern.compile("(?:NEGATIVE |CROSSED )?(?:CIRCLED|SQUARED|PARENTHESIZED|REGIONAL INDICATOR SYMBOL)"
                    + "(?: LATIN)?(?: (CAPITAL|SMALL))? LETTER ([A-Z])");
    private static final Pattern TURNED_LETTER =
            Pattern.compile("LATIN (CAPITAL|SMALL) LETTER (?:TURNED|REVERSED|SIDEWAYS) ([A-Z])");

    private final Normalizer2 nfkc = Normalizer2.getNFKCInstance();
    private final Normalizer2 nfkd = Normalizer2.getNFKDInstance();
    private final Transliterator latinToAscii = Transliterator.getInstance("Latin-ASCII");
    private final SpoofChecker confusables =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    private final Map<String, Character> small = new HashMap<>();
    private final Map<String, Character> capital = new HashMap<>();

    private FoldTableGenerator() {
        for (char letter = 'a'; letter <= 'z'; letter++) {
            small.putIfAbsent(skeleton(letter), letter);
            capital.putIfAbsent(skeleton(Character.toUpperCase(letter)), Character.toUpperCase(letter));
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        Files.createDirectories(target.getParent());
        new FoldTableGenerator().write(target);
        System.out.println("fold table: " + Files.size(target) + " bytes, Unicode " + UCharacter.getUnicodeVersion());
    }

    private void write(Path target) throws IOException {
        Map<String, Integer> replacements = new LinkedHashMap<>();
        Map<String, Integer> blocks = new LinkedHashMap<>();
        List<Integer> index = new ArrayList<>();
        for (int first = 0; first < CODE_POINTS; first += BLOCK) {
            StringBuilder block = new StringBuilder(BLOCK);
            for (int codePoint = first; codePoint < first + BLOCK; codePoint++) {
                block.append((char) value(codePoint, replacements));
            }
            index.add(blocks.computeIfAbsent(block.toString(), any -> blocks.size()));
        }
        while (index.get(index.size() - 1).equals(index.get(index.size() - 2))) {
            index.remove(index.size() - 1); // what lies past the index is as the last block says
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(target))) {
            out.writeUTF("Unicode " + UCharacter.getUnicodeVersion());
            out.writeShort(index.size());
            for (int block : index) {
                out.writeShort(block);
            }
            out.writeShort(blocks.size());
            for (String block : blocks.keySet()) {
                out.writeChars(block);
            }
            out.writeShort(replacements.size());
            for (String replacement : replacements.keySet()) {
                out.writeUTF(replacement);
            }
        }
    }

    private int value(int codePoint, Map<String, Integer> replacements) {
        if (isRemoved(codePoint)) {
            return REMOVED;
        }
        if (isMark(codePoint)) {
            return MARK;
        }
        if (!UCharacter.isDefined(codePoint) || isPlainIdeograph(codePoint)) {
            return UNCHANGED;
        }
        String replacement = replacement(codePoint);
        if (!replacement.equals(Character.toString(codePoint))) {
            return FIRST_REPLACEMENT + replacements.computeIfAbsent(replacement, any -> replacements.size());
        }
        char lookAlike = lookAlike(codePoint);
        return lookAlike == 0 ? UNCHANGED : LOOK_ALIKE | lookAlike;
    }

    /** The bulk of Unicode, of which nothing is to be said. */
    private boolean isPlainIdeograph(int codePoint) {
        int type = UCharacter.getType(codePoint);
        boolean ideograph = type == UCharacter.OTHER_LETTER
                && (UCharacter.hasBinaryProperty(codePoint, UProperty.IDEOGRAPHIC)
                        || UScript.getScript(codePoint) == UScript.HANGUL);
        return (ideograph || type == UCharacter.PRIVATE_USE) && nfkc.getDecomposition(codePoint) == null;
    }

    /** What nobody sees: default ignorables, annotation marks, halves of pairs, controls that are no white space. */
    private static boolean isRemoved(int codePoint) {
        boolean control = UCharacter.getType(codePoint) == UCharacter.CONTROL;
        boolean space = (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85;
        return (control && !space)
                || UCharacter.getType(codePoint) == UCharacter.SURROGATE
                || UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                || (codePoint >= 0xFFF9 && codePoint <= 0xFFFB);
    }

    /** Marks of no script of their own, and Cyrillic's and Greek's; the marks of other scripts are their vowels. */
    private static boolean isMark(int codePoint) {
        int type = UCharacter.getType(codePoint);
        if (type != UCharacter.NON_SPACING_MARK && type != UCharacter.ENCLOSING_MARK) {
            return false;
        }
        int script = UScript.getScript(codePoint);
        return script == UScript.INHERITED || script == UScript.CYRILLIC || script == UScript.GREEK;
    }

    /** What the code point becomes, taken as far as it goes; itself where nothing. */
    private String replacement(int codePoint) {
        String itself = Character.toString(codePoint);
        String step = step(codePoint);
        if (step.equals(itself)) {
            return itself;
        }
        StringBuilder whole = new StringBuilder();
        step.codePoints().forEach(next -> whole.append(next == codePoint ? itself : replacement(next)));
        boolean odd = whole.codePoints().anyMatch(next -> isMark(next) || isRemoved(next));
        return odd || whole.isEmpty() || whole.length() > MAX_REPLACEMENT ? itself : whole.toString();
    }

    private String step(int codePoint) {
        String itself = Character.toString(codePoint);
        if (codePoint < 0x80 || PROSE.contains(codePoint)) {
            return itself;
        }
        switch (UCharacter.getType(codePoint)) {
            case UCharacter.SPACE_SEPARATOR:
                return " ";
            case UCharacter.LINE_SEPARATOR:
            case UCharacter.PARAGRAPH_SEPARATOR:
            case UCharacter.CONTROL: // U+0085, for the others are removed
                return "\n";
            case UCharacter.DASH_PUNCTUATION:
                return "-";
            case UCharacter.DECIMAL_DIGIT_NUMBER:
                return String.valueOf(UCharacter.digit(codePoint));
            default:
                break;
        }
        if (codePoint == 0x2800) { // a braille cell without dots
            return " ";
        }
        String letter = dressed(codePoint);
        if (letter != null) {
            return letter;
        }
        if (isEmoji(codePoint)) {
            return " ";
        }
        int script = UScript.getScript(codePoint);
        if (UCharacter.isLetter(codePoint) && lookAlike(codePoint) != 0 && script != UScript.LATIN) {
            return codePoint <= 0xFFFF ? itself : folded(codePoint, itself);
        }
        String folded = folded(codePoint, itself);
        return folded.equals(itself) && isSign(codePoint) ? sign(itself) : folded;
    }

    private String folded(int codePoint, String itself) {
        String compatible = nfkc.normalize(itself);
        if (UScript.getScript(codePoint) == UScript.LATIN) {
            String ascii = latinToAscii.transliterate(withoutMarks(nfkd.normalize(itself)));
            if (ascii.chars().allMatch(c -> c < 0x80)) {
                return ascii;
            }
            char letter = asciiLetter(itself, UCharacter.isUpperCase(codePoint));
            if (letter != 0) {
                return String.valueOf(letter);
            }
        }
        if (!compatible.equals(itself)) {
            return compatible.startsWith(" ") ? itself : compatible;
        }
        char lookAlike = codePoint > 0xFFFF ? lookAlike(codePoint) : 0;
        return lookAlike == 0 ? itself : String.valueOf(lookAlike);
    }

    private static String dressed(int codePoint) {
        boolean symbol = UCharacter.getType(codePoint) == UCharacter.OTHER_SYMBOL;
        if (!symbol && UScript.getScript(codePoint) != UScript.LATIN) {
            return null;
        }
        String name = UCharacter.getName(codePoint);
        for (Pattern pattern : List.of(DRESSED_LETTER, TURNED_LETTER)) {
            Matcher matcher = pattern.matcher(name == null ? "" : name);
            if (matcher.matches()) {
                return "SMALL".equals(matcher.group(1)) ? UCharacter.toLowerCase(matcher.group(2)) : matcher.group(2);
            }
        }
        return null;
    }

    private static boolean isEmoji(int codePoint) {
        return codePoint >= SMALLEST_EMOJI
                && (UCharacter.hasBinaryProperty(codePoint, UProperty.EXTENDED_PICTOGRAPHIC)
                        || UCharacter.hasBinaryProperty(codePoint, UProperty.EMOJI_MODIFIER));
    }

    /** Punctuation and symbols that no script owns, but for box drawing, which tables are made of. */
    private static boolean isSign(int codePoint) {
        int type = UCharacter.getType(codePoint);
        boolean punctuation = type >= UCharacter.DASH_PUNCTUATION && type <= UCharacter.FINAL_PUNCTUATION;
        boolean box = codePoint >= 0x2500 && codePoint <= 0x257F;
        return (punctuation || type == UCharacter.OTHER_SYMBOL)
                && UScript.getScript(codePoint) == UScript.COMMON
                && !box;
    }

    private String sign(String itself) {
        String drawnAs = skeletonOf(itself);
        drawnAs = drawnAs.equals("l") ? "|" : drawnAs; // the skeleton of a bar is the letter
        return drawnAs.length() == 1 && MARKUP.contains(drawnAs) ? drawnAs : itself;
    }

    /** The Latin letter that a letter of another script is drawn like, or 0. */
    private char lookAlike(int codePoint) {
        int script = UScript.getScript(codePoint);
        boolean foreign = script != UScript.LATIN && script != UScript.COMMON && script != UScript.INHERITED;
        if (!UCharacter.isLetter(codePoint) || !foreign) {
            return 0;
        }
        if (FAUX.containsKey(codePoint)) {
            return FAUX.get(codePoint);
        }
        String bare = withoutMarks(nfkd.normalize(Character.toString(codePoint)));
        // The lunate sigma is a variant of a letter that is drawn otherwise.
        String drawnAs = bare.equals("\u03C2") ? Character.toString(codePoint) : bare;
        return asciiLetter(drawnAs, UCharacter.isUpperCase(codePoint));
    }

    /** The ASCII letter that is drawn like the text, or 0. */
    private char asciiLetter(String text, boolean upper) {
        String drawnAs = skeletonOf(text);
        Character letter = (upper ? capital : small).get(drawnAs);
        letter = letter == null ? (upper ? small : capital).get(drawnAs) : letter;
        if (letter == null) {
            String ascii = latinToAscii.transliterate(drawnAs);
            boolean found = ascii.length() == 1 && ascii.charAt(0) < 0x80 && Character.isLetter(ascii.charAt(0));
            letter = found ? Character.valueOf(ascii.charAt(0)) : null;
        }
        if (letter == null) {
            return 0;
        }
        return upper ? Character.toUpperCase(letter) : Character.toLowerCase(letter);
    }

    private static String withoutMarks(String text) {
        StringBuilder bare = new StringBuilder();
        text.codePoints()
                .filter(next -> UCharacter.getType(next) != UCharacter.NON_SPACING_MARK)
                .forEach(bare::appendCodePoint);
        return bare.toString();
    }

    private String skeleton(char letter) {
        return skeletonOf(String.valueOf(letter));
    }

    private String skeletonOf(String text) {
        return confusables.getSkeleton(text);
    }
}
