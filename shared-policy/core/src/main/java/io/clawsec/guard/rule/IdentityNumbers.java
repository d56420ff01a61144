package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Set;

/** Numbers without a check digit, judged by what their issuers have said they never issue. */
final class IdentityNumbers {

    private static final int SSN_DIGITS = 9;
    private static final int MIN_PHONE_DIGITS = 8;
    /** E.164 allows 15, but a spaced number may have taken the next one along: better both than neither. */
    private static final int MAX_PHONE_DIGITS = 23;

    private static final int MIN_DOCUMENT_DIGITS = 5;

    /** Printed in an advertisement and in a wallet insert, and voided since (Social Security Administration). */
    private static final Set<String> VOIDED_SSNS = Set.of("078051120", "219099999");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private IdentityNumbers() {}

    /** US Social Security number: area not 000, 666 or 9xx, group not 00, serial not 0000 (20 CFR 422.103; SSA). */
    static boolean socialSecurityNumber(String span) {
        String digits = Digits.of(span);
        return digits.length() == SSN_DIGITS
                && !digits.startsWith("000")
                && !digits.startsWith("666")
                && digits.charAt(0) != '9'
                && !digits.startsWith("00", 3)
                && !digits.endsWith("0000")
                && !VOIDED_SSNS.contains(digits);
    }

    /** US taxpayer number: 9xx, then a group of 50–65, 70–88, 90–92 or 94–99 (IRS, Publication 1915). */
    static boolean taxpayerNumber(String span) {
        String digits = Digits.of(span);
        if (digits.length() != SSN_DIGITS || digits.charAt(0) != '9') {
            return false;
        }
        int group = Integer.parseInt(digits.substring(3, 5));
        return (group >= 50 && group <= 65)
                || (group >= 70 && group <= 88)
                || (group >= 90 && group <= 92)
                || group >= 94;
    }

    /** Telephone number: 8 to 23 digits, not all the same (ITU-T E.164). */
    static boolean phoneNumber(String span) {
        String digits = Digits.of(span);
        return digits.length() >= MIN_PHONE_DIGITS && digits.length() <= MAX_PHONE_DIGITS && !Digits.allSame(digits);
    }

    /** Bank identifier: the fifth and sixth letter are a country (ISO 9362, ISO 3166-1). */
    static boolean bankIdentifier(String span) {
        return (span.length() == 8 || span.length() == 11) && COUNTRIES.contains(span.substring(4, 6));
    }

    /** The number of a document: at least five digits, not all the same; letters alone are a word. */
    static boolean documentNumber(String span) {
        String digits = Digits.of(span);
        return digits.length() >= MIN_DOCUMENT_DIGITS && !Digits.allSame(digits);
    }
}
