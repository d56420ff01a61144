package io.clawsec.guard.rule;

/**
 * The arithmetic that numbering schemes share. Each takes bare digits, and the last of them is the check digit where
 * there is one.
 */
final class CheckDigits {

    /** The multiplication of the dihedral group of ten elements (Verhoeff, "Error Detecting Decimal Codes", 1969). */
    private static final int[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };

    /** The permutation that Verhoeff applies once more at each place from the right. */
    private static final int[] PERMUTATION = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private CheckDigits() {}

    /** The sum of the first digits, each times its weight. */
    static int weighted(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += Digits.value(digits, i) * weights[i];
        }
        return sum;
    }

    /** Whether every second digit from the right doubled, less nine past nine, sums to tens (ISO/IEC 7812-1, Annex B). */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Digits.value(digits, digits.length() - 1 - i);
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** Whether the digits, permuted by their place from the right, multiply to nought in the dihedral group. */
    static boolean verhoeff(String digits) {
        int product = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Digits.value(digits, digits.length() - 1 - i);
            for (int times = i % 8; times > 0; times--) {
                digit = PERMUTATION[digit];
            }
            product = DIHEDRAL[product][digit];
        }
        return product == 0;
    }

    /** ISO/IEC 7064, MOD 11,10: the hybrid system with one check digit of ten. */
    static boolean mod11And10(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (product + Digits.value(digits, i)) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (product + Digits.value(digits, digits.length() - 1)) % 10 == 1;
    }

    /** Whether digits weighted 1 and 3 by turns from the right sum to tens (GS1 General Specifications, 7.9.1). */
    static boolean ean(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += Digits.value(digits, digits.length() - 1 - i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /** The remainder by a divisor of as many digits as there are. */
    static int remainder(String digits, int divisor) {
        int remainder = 0;
        for (int i = 0; i < digits.length(); i++) {
            remainder = (remainder * 10 + Digits.value(digits, i)) % divisor;
        }
        return remainder;
    }
}
