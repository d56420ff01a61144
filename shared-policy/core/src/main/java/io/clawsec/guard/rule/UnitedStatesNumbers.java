package io.clawsec.guard.rule;

/** Numbers of health care and vehicles in the United States, each with its check. */
final class UnitedStatesNumbers {

    private static final int VEHICLE_CHECK_PLACE = 8;
    private static final int[] VEHICLE_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    /** What A to Z count for; I, O and Q are not used. */
    private static final int[] VEHICLE_LETTERS = {
        1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9
    };

    private UnitedStatesNumbers() {}

    /** Health care provider: ten digits that begin with 1 or 2, Luhn with 80840 before them (45 CFR 162.406; CMS). */
    static boolean provider(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 10)
                && (digits.charAt(0) == '1' || digits.charAt(0) == '2')
                && CheckDigits.luhn("80840" + digits);
    }

    /** Prescriber: a letter of kind, a letter or 9, six digits, and the last digit of odd places plus twice even ones (21 CFR 1301; DEA). */
    static boolean prescriber(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 9) {
            return false;
        }
        String digits = number.substring(2);
        return Digits.areSome(Digits.of(digits), 7)
                && CheckDigits.weighted(digits, 1, 2, 1, 2, 1, 2) % 10 == Digits.value(digits, 6);
    }

    /** Vehicle: seventeen letters and digits, the ninth by weights mod 11, X for ten (49 CFR 565.15). */
    static boolean vehicle(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != VEHICLE_WEIGHTS.length || Digits.allSame(number)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            char character = number.charAt(i);
            int value = Digits.is(character) ? character - '0' : VEHICLE_LETTERS[character - 'A'];
            sum += value * VEHICLE_WEIGHTS[i];
        }
        return "0123456789X".charAt(sum % 11) == number.charAt(VEHICLE_CHECK_PLACE);
    }
}
