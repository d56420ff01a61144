package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Map;

/** The check digits of published numbering schemes. */
final class Checksums {

    private static final int MIN_CARD_DIGITS = 13;
    private static final int MAX_CARD_DIGITS = 19;
    private static final int MIN_IBAN = 15;
    private static final int MAX_IBAN = 34;
    private static final int NHS_DIGITS = 10;
    private static final int ROUTING_DIGITS = 9;

    /** Lengths by country from the SWIFT IBAN registry; a country that is not here may have any length. */
    private static final Map<String, Integer> IBAN_LENGTHS = Map.ofEntries(
            Map.entry("AT", 20),
            Map.entry("BE", 16),
            Map.entry("BG", 22),
            Map.entry("CH", 21),
            Map.entry("CY", 28),
            Map.entry("CZ", 24),
            Map.entry("DE", 22),
            Map.entry("DK", 18),
            Map.entry("EE", 20),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FR", 27),
            Map.entry("GB", 22),
            Map.entry("GR", 27),
            Map.entry("HR", 21),
            Map.entry("HU", 28),
            Map.entry("IE", 22),
            Map.entry("IS", 26),
            Map.entry("IT", 27),
            Map.entry("LT", 20),
            Map.entry("LU", 20),
            Map.entry("LV", 21),
            Map.entry("MT", 31),
            Map.entry("NL", 18),
            Map.entry("NO", 15),
            Map.entry("PL", 28),
            Map.entry("PT", 25),
            Map.entry("RO", 24),
            Map.entry("SE", 24),
            Map.entry("SI", 19),
            Map.entry("SK", 24));

    private Checksums() {}

    /** Payment card: 13 to 19 digits, mod 10 with every second digit from the right doubled (ISO/IEC 7812-1, Annex B). */
    static boolean luhn(String span) {
        String digits = Digits.of(span);
        if (digits.length() < MIN_CARD_DIGITS || digits.length() > MAX_CARD_DIGITS || Digits.allSame(digits)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Digits.value(digits, digits.length() - 1 - i);
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** Bank account: country, two check digits, mod 97 of the rotated number is 1 (ISO 13616-1, ISO 7064 MOD 97-10). */
    static boolean iban(String span) {
        String compact = span.chars()
                .filter(c -> c < 128 && Character.isLetterOrDigit(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toUpperCase(Locale.ROOT);
        if (compact.length() < MIN_IBAN || compact.length() > MAX_IBAN) {
            return false;
        }
        if (IBAN_LENGTHS.getOrDefault(compact.substring(0, 2), compact.length()) != compact.length()) {
            return false;
        }
        String rotated = compact.substring(4) + compact.substring(0, 4);
        int remainder = 0;
        for (int i = 0; i < rotated.length(); i++) {
            int value = Character.digit(rotated.charAt(i), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder == 1;
    }

    /** NHS number: nine digits weighted 10 to 2, the tenth is 11 minus their sum mod 11 (NHS Data Dictionary). */
    static boolean nhsNumber(String span) {
        String digits = Digits.of(span);
        if (digits.length() != NHS_DIGITS || Digits.allSame(digits)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < NHS_DIGITS - 1; i++) {
            sum += Digits.value(digits, i) * (NHS_DIGITS - i);
        }
        int check = 11 - sum % 11;
        return (check == 11 ? 0 : check) == Digits.value(digits, NHS_DIGITS - 1);
    }

    /**
     * US bank routing number: nine digits weighted 3, 7, 1, sum divisible by 10; the first two name a Federal Reserve
     * district (American Bankers Association, routing number policy).
     */
    static boolean routingNumber(String span) {
        String digits = Digits.of(span);
        if (digits.length() != ROUTING_DIGITS || Digits.allSame(digits)) {
            return false;
        }
        int district = Integer.parseInt(digits.substring(0, 2));
        boolean known = district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72);
        int[] weights = {3, 7, 1};
        int sum = 0;
        for (int i = 0; i < ROUTING_DIGITS; i++) {
            sum += Digits.value(digits, i) * weights[i % weights.length];
        }
        return (known || district == 80) && sum % 10 == 0;
    }
}
