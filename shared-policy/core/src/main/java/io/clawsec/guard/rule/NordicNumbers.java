package io.clawsec.guard.rule;

/** The personal numbers of Sweden, Norway, Denmark, Finland and Iceland: a birth date, a serial and a check. */
final class NordicNumbers {

    private static final String FINNISH_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private NordicNumbers() {}

    /**
     * Sweden: YYMMDD or YYYYMMDD, three digits, and Luhn over the last ten; a coordination number has 60 added to its
     * day (Skatteverket, SKV 704 and SKV 707).
     */
    static boolean swedish(String span) {
        String all = Digits.of(span);
        if (all.length() != 10 && all.length() != 12) {
            return false;
        }
        String digits = all.substring(all.length() - 10);
        int day = Digits.number(digits, 4, 6);
        boolean dated = BirthDates.existsInSomeCentury(
                Digits.number(digits, 0, 2), Digits.number(digits, 2, 4), day > 60 ? day - 60 : day);
        boolean century = all.length() == 10 || all.startsWith("18") || all.startsWith("19") || all.startsWith("20");
        return dated && century && CheckDigits.luhn(digits);
    }

    /**
     * Norway: DDMMYY, three digits that tell the century and two checks mod 11; a D number has 40 added to its day, an H
     * number to its month (Forskrift til folkeregisterloven, 2-2-1; Skatteetaten).
     */
    static boolean norwegian(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 11) {
            return false;
        }
        int day = Digits.number(digits, 0, 2);
        int month = Digits.number(digits, 2, 4);
        return BirthDates.existsInSomeCentury(
                        Digits.number(digits, 4, 6), month > 40 ? month - 40 : month, day > 40 ? day - 40 : day)
                && norwegianCentury(Digits.number(digits, 4, 6), Digits.number(digits, 6, 9))
                && CheckDigits.weighted(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && CheckDigits.weighted(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    /** 1900 to 1999 has 000 to 499, from 1940 on 900 to 999 too; 1854 to 1899 has 500 to 749, 2000 to 2039 has 500 to 999. */
    private static boolean norwegianCentury(int year, int serial) {
        return serial < 500 || serial >= 900 || year < 40 || (year >= 54 && serial < 750);
    }

    /** Denmark: DDMMYY and four digits. The mod 11 check was given up in 2007 (CPR-kontoret), so the day is all. */
    static boolean danish(String span) {
        String digits = Digits.of(span);
        return digits.length() == 10
                && BirthDates.existsInSomeCentury(
                        Digits.number(digits, 4, 6), Digits.number(digits, 2, 4), Digits.number(digits, 0, 2));
    }

    /**
     * Finland: DDMMYY, a sign of the century, three digits from 002, and a letter by the nine digits mod 31 (Digital and
     * Population Data Services Agency; the further signs are in use since 2023).
     */
    static boolean finnish(String span) {
        String digits = Digits.of(span.substring(0, Math.max(span.length() - 1, 0)));
        if (digits.length() != 9) {
            return false;
        }
        char check = Character.toUpperCase(span.charAt(span.length() - 1));
        return BirthDates.existsInSomeCentury(
                        Digits.number(digits, 4, 6), Digits.number(digits, 2, 4), Digits.number(digits, 0, 2))
                && Digits.number(digits, 6, 9) >= 2
                && FINNISH_CHECKS.charAt(CheckDigits.remainder(digits, FINNISH_CHECKS.length())) == check;
    }

    /** Iceland: DDMMYY, two digits, a check mod 11 and the century's digit (Registers Iceland). */
    static boolean icelandic(String span) {
        String digits = Digits.of(span);
        return digits.length() == 10
                && BirthDates.existsInSomeCentury(
                        Digits.number(digits, 4, 6), Digits.number(digits, 2, 4), Digits.number(digits, 0, 2))
                && (digits.charAt(9) == '9' || digits.charAt(9) == '0' || digits.charAt(9) == '8')
                && CheckDigits.weighted(digits, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }
}
