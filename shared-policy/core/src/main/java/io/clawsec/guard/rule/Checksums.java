package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The check digits of published numbering schemes. */
final class Checksums {

    private static final int MIN_CARD_DIGITS = 13;
    private static final int MAX_CARD_DIGITS = 19;
    private static final int MIN_IBAN = 15;
    private static final int MAX_IBAN = 34;
    private static final int NHS_DIGITS = 10;
    private static final int ROUTING_DIGITS = 9;

    /** Lengths by country from the SWIFT IBAN registry; a country that is not here may have any length. */
    private static final Map<String, Integer> IBAN_LENGTHS =
            lengths("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 "
                    + "DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 "
                    + "IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 "
                    + "MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 "
                    + "SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20");

    private Checksums() {}

    private static Map<String, Integer> lengths(String rows) {
        return Stream.of(rows.split(" ", -1))
                .collect(Collectors.toUnmodifiableMap(
                        row -> row.substring(0, 2), row -> Integer.parseInt(row, 2, row.length(), 10)));
    }

    /** Payment card: 13 to 19 digits, mod 10 with every second digit from the right doubled (ISO/IEC 7812-1, Annex B). */
    static boolean luhn(String span) {
        String digits = Digits.of(span);
        if (digits.length() < MIN_CARD_DIGITS || digits.length() > MAX_CARD_DIGITS || Digits.allSame(digits)) {
            return false;
        }
        return CheckDigits.luhn(digits);
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
