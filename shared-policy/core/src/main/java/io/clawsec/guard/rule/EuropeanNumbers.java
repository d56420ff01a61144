package io.clawsec.guard.rule;

import java.util.Set;

/** National numbers of Europe that are no birth dates: check digits, check letters, and rules of issue. */
final class EuropeanNumbers {

    private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String IRISH_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";
    private static final Set<String> UNUSED_NINO_PREFIXES = Set.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ");

    /** What a letter or digit at an odd place counts for in a codice fiscale: 0 to 9, and A to Z after them. */
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private EuropeanNumbers() {}

    /**
     * United Kingdom: two letters that are issued, six digits, A to D; the scheme has no check digit (HMRC, National
     * Insurance Manual NIM39110).
     */
    static boolean britishInsurance(String span) {
        String number = Digits.andLetters(span);
        return number.length() == 9
                && "DFIQUV".indexOf(number.charAt(0)) < 0
                && "DFIOQUV".indexOf(number.charAt(1)) < 0
                && !UNUSED_NINO_PREFIXES.contains(number.substring(0, 2))
                && Digits.areSome(Digits.of(number), 6);
    }

    /**
     * Germany's tax number of a person: eleven digits, ISO 7064 MOD 11,10, not beginning with 0, and of the first ten
     * one digit comes twice or three times and no other more than once (BZSt, Steuer-ID; since 2016 also three times).
     */
    static boolean germanTax(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 11 || digits.charAt(0) == '0') {
            return false;
        }
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[Digits.value(digits, i)]++;
        }
        int repeated = 0;
        int most = 0;
        for (int count : counts) {
            repeated += count > 1 ? 1 : 0;
            most = Math.max(most, count);
        }
        return repeated == 1 && most <= 3 && CheckDigits.mod11And10(digits);
    }

    /** German identity card: nine letters and digits and a check digit by 7, 3, 1, letters from A as 10 (ICAO Doc 9303-3, 4.9). */
    static boolean germanCard(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 10 || Digits.of(number).length() < 2) {
            return false;
        }
        int[] weights = {7, 3, 1};
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += Character.digit(number.charAt(i), 36) * weights[i % 3];
        }
        return sum % 10 == Character.digit(number.charAt(9), 36);
    }

    /**
     * France: sex, year, month, department, commune, serial, and 97 less the rest mod 97; Corsica's 2A and 2B count as 19
     * and 18 (INSEE, NIR).
     */
    static boolean french(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 15) {
            return false;
        }
        String digits = number.startsWith("2A", 5)
                ? number.substring(0, 5) + "19" + number.substring(7)
                : number.startsWith("2B", 5) ? number.substring(0, 5) + "18" + number.substring(7) : number;
        if (Digits.of(digits).length() != 15) {
            return false;
        }
        int month = Digits.number(digits, 3, 5);
        return ((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50)
                && 97 - CheckDigits.remainder(digits.substring(0, 13), 97) == Digits.number(digits, 13, 15);
    }

    /** Spain: eight digits, or X, Y, Z for 0, 1, 2 and seven, and a letter by the rest mod 23 (Real Decreto 1553/2005). */
    static boolean spanish(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 9) {
            return false;
        }
        int foreign = "XYZ".indexOf(number.charAt(0));
        String digits = (foreign < 0 ? number.substring(0, 1) : String.valueOf(foreign)) + number.substring(1, 8);
        return Digits.areSome(Digits.of(digits), 8)
                && SPANISH_LETTERS.charAt(CheckDigits.remainder(digits, SPANISH_LETTERS.length())) == number.charAt(8);
    }

    /**
     * Italy: letters of the names, year, month, day, place, and a letter by two tables mod 26 (Decree of the Minister of
     * Finance of 23 December 1976). Where two people would share one, digits are written as letters.
     */
    static boolean italian(String span) {
        String code = Digits.andLetters(span);
        if (code.length() != 16) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Character.digit(code.charAt(i), 36);
            int place = value < 10 ? value : value - 10;
            sum += i % 2 == 0 ? ITALIAN_ODD[place] : place;
        }
        return 'A' + sum % 26 == code.charAt(15);
    }

    /** Netherlands: nine digits weighted 9 to 2 and -1, divisible by 11 (Wet algemene bepalingen burgerservicenummer). */
    static boolean dutch(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 9) && CheckDigits.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    /** Switzerland: 756, nine digits and the check digit of EAN-13 (Regulation on the AHV number, 831.101 art. 133). */
    static boolean swiss(String span) {
        String digits = Digits.of(span);
        return digits.length() == 13 && digits.startsWith("756") && CheckDigits.ean(digits);
    }

    /** Portugal: a person's number begins with 1, 2, 3 or 45; weights 9 to 2 mod 11, ten and eleven are 0 (Decreto-Lei 14/2013). */
    static boolean portuguese(String span) {
        String digits = Digits.of(span);
        if (!Digits.areSome(digits, 9) || !("123".indexOf(digits.charAt(0)) >= 0 || digits.startsWith("45"))) {
            return false;
        }
        int check = 11 - CheckDigits.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check > 9 ? 0 : check) == Digits.value(digits, 8);
    }

    /** Ireland: seven digits weighted 8 to 2, a second letter nine times, mod 23 as a letter (Revenue, PPS number). */
    static boolean irish(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 8 && number.length() != 9) {
            return false;
        }
        String digits = Digits.of(number.substring(0, 7));
        if (!Digits.areSome(digits, 7)) {
            return false;
        }
        // A W in the second place is that of numbers issued to wives until 1999, and counts for nothing.
        int second = number.length() == 9 && number.charAt(8) != 'W' ? number.charAt(8) - 'A' + 1 : 0;
        int rest = (CheckDigits.weighted(digits, 8, 7, 6, 5, 4, 3, 2) + 9 * second) % 23;
        return IRISH_LETTERS.charAt(rest) == number.charAt(7);
    }

    /** Croatia: eleven digits, ISO 7064 MOD 11,10 (Zakon o osobnom identifikacijskom broju). */
    static boolean croatian(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 11) && CheckDigits.mod11And10(digits);
    }

    /** Turkey: the tenth digit is seven times the odd places less the even ones, the eleventh the sum of ten, mod 10 (NVI). */
    static boolean turkish(String span) {
        String digits = Digits.of(span);
        if (!Digits.areSome(digits, 11) || digits.charAt(0) == '0') {
            return false;
        }
        int tenth = CheckDigits.weighted(digits, 7, -1, 7, -1, 7, -1, 7, -1, 7);
        int sum = CheckDigits.weighted(digits, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        return Math.floorMod(tenth, 10) == Digits.value(digits, 9) && sum % 10 == Digits.value(digits, 10);
    }
}
