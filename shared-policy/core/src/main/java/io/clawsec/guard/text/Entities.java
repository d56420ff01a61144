package io.clawsec.guard.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTML's named characters as far as instructions are written with them: HTML 4's Latin letters and typography, and
 * HTML 5's names of ASCII's signs (WHATWG HTML, 13.5).
 */
final class Entities {

    /** The longest name here. */
    static final int MAX_NAME = 16;

    private static final char FIRST_LATIN_1 = '\u00A0';

    /** From U+00A0 to U+00FF, in their order. */
    private static final List<String> LATIN_1 = List.of(
            ("nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3"
                            + " acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute"
                            + " Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml"
                            + " ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute"
                            + " THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml"
                            + " igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave"
                            + " uacute ucirc uuml yacute thorn yuml")
                    .split(" ", -1));

    /** A name and its code point, in turn. */
    private static final List<String> OTHERS = List.of(
            ("lt 3c gt 3e amp 26 quot 22 apos 27 Tab 9 NewLine a excl 21 num 23 dollar 24 percnt 25 lpar 28 rpar 29 ast 2a"
                            + " plus 2b comma 2c period 2e sol 2f colon 3a semi 3b equals 3d quest 3f commat 40 lsqb 5b"
                            + " lbrack 5b bsol 5c rsqb 5d rbrack 5d Hat 5e lowbar 5f grave 60 lcub 7b lbrace 7b verbar 7c"
                            + " vert 7c rcub 7d rbrace 7d hyphen 2010 dash 2010 ndash 2013 mdash 2014 minus 2212 ensp 2002"
                            + " emsp 2003 numsp 2007 puncsp 2008 thinsp 2009 hairsp 200a ZeroWidthSpace 200b zwnj 200c"
                            + " zwj 200d lrm 200e rlm 200f NoBreak 2060 lsquo 2018 rsquo 2019 ldquo 201c rdquo 201d"
                            + " hellip 2026 fflig fb00 filig fb01 fllig fb02 inodot 131 OElig 152 oelig 153 Scaron 160"
                            + " scaron 161 Yuml 178")
                    .split(" ", -1));

    private static final Map<String, String> BY_NAME = byName();

    private Entities() {}

    /** The characters that the name stands for, or null. */
    static @Nullable String named(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, String> byName() {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < LATIN_1.size(); i++) {
            names.put(LATIN_1.get(i), String.valueOf((char) (FIRST_LATIN_1 + i)));
        }
        for (int i = 0; i < OTHERS.size(); i += 2) {
            names.put(OTHERS.get(i), Character.toString(Integer.parseInt(OTHERS.get(i + 1), 16)));
        }
        return Map.copyOf(names);
    }
}
