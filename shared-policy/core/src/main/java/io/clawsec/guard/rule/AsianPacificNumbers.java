package io.clawsec.guard.rule;

/** National numbers of Asia and the Pacific that are no birth dates. */
final class AsianPacificNumbers {

    private static final String TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    private static final int SMALLEST_IRD = 10_000_000;
    private static final int LARGEST_IRD = 150_000_000;

    private AsianPacificNumbers() {}

    /** India, a resident: twelve digits, not beginning with 0 or 1, Verhoeff (UIDAI, Aadhaar numbering scheme). */
    static boolean indianResident(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 12) && digits.charAt(0) >= '2' && CheckDigits.verhoeff(digits);
    }

    /**
     * India, a taxpayer: five letters of which the fourth says what holds the number, four digits, a letter that checks
     * by a rule that is not public (Income-tax Department, PAN).
     */
    static boolean indianTaxpayer(String span) {
        String number = Digits.andLetters(span);
        return number.length() == 10
                && "ABCFGHJLPT".indexOf(number.charAt(3)) >= 0
                && Digits.of(number).length() == 4
                && !number.startsWith("0000", 5);
    }

    /** Japan: weights 2 to 7 and 2 to 6 from the right, mod 11, ten and eleven are 0 (Ordinance 85 of 2014, article 5). */
    static boolean japanese(String span) {
        String digits = Digits.of(span);
        if (!Digits.areSome(digits, 12)) {
            return false;
        }
        int rest = CheckDigits.weighted(digits, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (rest <= 1 ? 0 : 11 - rest) == Digits.value(digits, 11);
    }

    /** Singapore: weights 2765432 and a number by the first letter, mod 11 as a letter by its kind (ICA, NRIC and FIN). */
    static boolean singaporean(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 9 || !Digits.areSome(Digits.of(number), 7)) {
            return false;
        }
        char kind = number.charAt(0);
        int offset = kind == 'T' || kind == 'G' ? 4 : kind == 'M' ? 3 : 0;
        String letters = switch (kind) {
            case 'S', 'T' -> "JZIHGFEDCBA";
            case 'F', 'G' -> "XWUTRQPNMLK";
            default -> "XWUTRQPNJLK";
        };
        int sum = offset + CheckDigits.weighted(number.substring(1, 8), 2, 7, 6, 5, 4, 3, 2);
        return letters.charAt(sum % 11) == number.charAt(8);
    }

    /** Taiwan: a letter that counts as two digits, nine digits, weights 1 and 9 to 1 and 1, divisible by 10 (MOI). */
    static boolean taiwanese(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 10 || !Digits.areSome(Digits.of(number.substring(1)), 9)) {
            return false;
        }
        int letter = 10 + TAIWAN_LETTERS.indexOf(number.charAt(0));
        int sum = letter / 10 + letter % 10 * 9 + CheckDigits.weighted(number.substring(1), 8, 7, 6, 5, 4, 3, 2, 1, 1);
        return letter >= 10 && sum % 10 == 0;
    }

    /** Hong Kong: one or two letters that count from A as 10, six digits, weights 9 to 1 mod 11, A for ten (ImmD). */
    static boolean hongKong(String span) {
        String number = Digits.andLetters(span);
        if (number.length() < 8 || number.length() > 9) {
            return false;
        }
        String padded = number.length() == 8 ? " " + number : number;
        char check = padded.charAt(8);
        if (!Digits.areSome(Digits.of(padded.substring(2, 8)), 6) || !(Digits.is(check) || check == 'A')) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < padded.length(); i++) {
            int value = padded.charAt(i) == ' ' ? 36 : Character.digit(padded.charAt(i), 36);
            sum += value * (9 - i);
        }
        return sum % 11 == 0;
    }

    /** Israel: nine digits, Luhn (Ministry of Interior, Teudat Zehut). */
    static boolean israeli(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 9) && CheckDigits.luhn(digits);
    }

    /** Thailand: thirteen digits weighted 13 to 2, eleven less the rest mod 11 mod 10 (Department of Provincial Administration). */
    static boolean thai(String span) {
        String digits = Digits.of(span);
        if (!Digits.areSome(digits, 13) || digits.charAt(0) == '0' || digits.charAt(0) == '9') {
            return false;
        }
        int sum = CheckDigits.weighted(digits, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        return (11 - sum % 11) % 10 == Digits.value(digits, 12);
    }

    /** Australia, tax: nine digits weighted 1, 4, 3, 7, 5, 8, 6, 9, 10, divisible by 11 (ATO, TFN algorithm). */
    static boolean australianTax(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 9) && CheckDigits.weighted(digits, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;
    }

    /** Australia, health: 2 to 6, seven digits, their check by 1, 3, 7, 9 mod 10, the issue, maybe the person (Services Australia). */
    static boolean australianMedicare(String span) {
        String digits = Digits.of(span);
        return (digits.length() == 10 || digits.length() == 11)
                && digits.charAt(0) >= '2'
                && digits.charAt(0) <= '6'
                && CheckDigits.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == Digits.value(digits, 8);
    }

    /** New Zealand: weights 32765432 mod 11, and 74325276 where they leave ten (Inland Revenue, RWT and NRWT specification). */
    static boolean newZealand(String span) {
        String digits = Digits.of(span);
        if (digits.length() < 8 || digits.length() > 9) {
            return false;
        }
        int number = Digits.number(digits, 0, digits.length());
        String padded = digits.length() == 8 ? "0" + digits : digits;
        int check = Math.floorMod(-CheckDigits.weighted(padded, 3, 2, 7, 6, 5, 4, 3, 2), 11);
        check = check == 10 ? Math.floorMod(-CheckDigits.weighted(padded, 7, 4, 3, 2, 5, 2, 7, 6), 11) : check;
        return number >= SMALLEST_IRD && number <= LARGEST_IRD && check == Digits.value(padded, 8);
    }
}
