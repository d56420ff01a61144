package io.clawsec.guard.rule;

/** Personal numbers, other than the Nordic ones, that hold a birth date and a check digit. */
final class BirthNumbers {

    private static final int BALTIC_DIGITS = 11;
    private static final int[] BALTIC_FIRST = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1};
    private static final int[] BALTIC_SECOND = {3, 4, 5, 6, 7, 8, 9, 1, 2, 3};

    private BirthNumbers() {}

    /**
     * Belgium: YYMMDD, three digits, and 97 less the rest of the first nine mod 97, with a 2 before them for those born
     * from 2000 on; a bis number has 20 or 40 added to its month (Royal Decree of 3 April 1984).
     */
    static boolean belgian(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 11) {
            return false;
        }
        int month = Digits.number(digits, 2, 4);
        int check = 97 - Digits.number(digits, 9, 11);
        String body = digits.substring(0, 9);
        return BirthDates.existsInSomeCentury(
                        Digits.number(digits, 0, 2),
                        month > 40 ? month - 40 : month > 20 ? month - 20 : month,
                        Digits.number(digits, 4, 6))
                && (CheckDigits.remainder(body, 97) == check || CheckDigits.remainder("2" + body, 97) == check);
    }

    /** Poland: YYMMDD with the century in the month, four digits, weights 1, 3, 7, 9 mod 10 (Act on the population register). */
    static boolean polish(String span) {
        String digits = Digits.of(span);
        if (!Digits.areSome(digits, 11)) {
            return false;
        }
        int month = Digits.number(digits, 2, 4);
        int[] centuries = {1900, 2000, 2100, 2200, 1800};
        int year = centuries[month / 20] + Digits.number(digits, 0, 2);
        return BirthDates.exists(year, month % 20, Digits.number(digits, 4, 6))
                && CheckDigits.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    /**
     * Czechia and Slovakia: YYMMDD with 50 added to a woman's month and 20 when a day's numbers ran out, and four digits
     * so that eleven divides all ten; until 1985 a rest of ten was written as a nought (Act 133/2000).
     */
    static boolean czech(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 10) {
            return false;
        }
        int month = Digits.number(digits, 2, 4) % 50;
        boolean dated = BirthDates.existsInSomeCentury(
                Digits.number(digits, 0, 2), month > 20 ? month - 20 : month, Digits.number(digits, 4, 6));
        int rest = CheckDigits.remainder(digits.substring(0, 9), 11);
        return dated && rest % 10 == Digits.value(digits, 9) && !digits.startsWith("000", 6);
    }

    /** Romania: sex and century, YYMMDD, county, three digits, weights 279146358279 mod 11, ten counts as one (OUG 97/2005). */
    static boolean romanian(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 13 || digits.charAt(0) == '0') {
            return false;
        }
        int county = Digits.number(digits, 7, 9);
        int check = CheckDigits.weighted(digits, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return BirthDates.existsInSomeCentury(
                        Digits.number(digits, 1, 3), Digits.number(digits, 3, 5), Digits.number(digits, 5, 7))
                && ((county >= 1 && county <= 52) || county == 70 || (county >= 80 && county <= 83))
                && (check == 10 ? 1 : check) == Digits.value(digits, 12);
    }

    /** Bulgaria: YYMMDD with 20 or 40 added to the month by century, four digits, weights mod 11 mod 10 (Ordinance RD-02-20-9). */
    static boolean bulgarian(String span) {
        String digits = Digits.of(span);
        if (!Digits.areSome(digits, 10)) {
            return false;
        }
        int month = Digits.number(digits, 2, 4);
        return BirthDates.existsInSomeCentury(
                        Digits.number(digits, 0, 2),
                        month > 40 ? month - 40 : month > 20 ? month - 20 : month,
                        Digits.number(digits, 4, 6))
                && CheckDigits.weighted(digits, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == Digits.value(digits, 9);
    }

    /**
     * Austria: a serial from 100, a check mod 11, DDMMYY; where a day's numbers ran out the month is 13 to 15
     * (Dachverband der Sozialversicherungsträger).
     */
    static boolean austrian(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 10 || digits.charAt(0) == '0') {
            return false;
        }
        int month = Digits.number(digits, 6, 8);
        return BirthDates.existsInSomeCentury(
                        Digits.number(digits, 8, 10),
                        month > 12 && month <= 15 ? 1 : month,
                        Digits.number(digits, 4, 6))
                && CheckDigits.weighted(digits, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == Digits.value(digits, 3);
    }

    /** Estonia and Lithuania: sex and century, YYMMDD, three digits, two rows of weights mod 11 (EVS 585:2007). */
    static boolean baltic(String span) {
        String digits = Digits.of(span);
        if (digits.length() != BALTIC_DIGITS || digits.charAt(0) == '0' || digits.charAt(0) > '8') {
            return false;
        }
        int check = CheckDigits.weighted(digits, BALTIC_FIRST) % 11;
        check = check == 10 ? CheckDigits.weighted(digits, BALTIC_SECOND) % 11 % 10 : check;
        int century = 1800 + (Digits.value(digits, 0) - 1) / 2 * 100;
        return BirthDates.exists(
                        century + Digits.number(digits, 1, 3), Digits.number(digits, 3, 5), Digits.number(digits, 5, 7))
                && check == Digits.value(digits, 10);
    }

    /** Greece: DDMMYY, four digits, Luhn over all eleven (Law 3655/2008, AMKA). */
    static boolean greek(String span) {
        String digits = Digits.of(span);
        return digits.length() == 11
                && BirthDates.existsInSomeCentury(
                        Digits.number(digits, 4, 6), Digits.number(digits, 2, 4), Digits.number(digits, 0, 2))
                && CheckDigits.luhn(digits);
    }

    /** South Africa: YYMMDD, four digits, citizenship 0 to 2, one digit, Luhn over all (Identification Act 68 of 1997). */
    static boolean southAfrican(String span) {
        String digits = Digits.of(span);
        return digits.length() == 13
                && BirthDates.existsInSomeCentury(
                        Digits.number(digits, 0, 2), Digits.number(digits, 2, 4), Digits.number(digits, 4, 6))
                && digits.charAt(10) <= '2'
                && CheckDigits.luhn(digits);
    }

    /**
     * South Korea: YYMMDD, sex and century, five digits, weights 2 to 9 and 2 to 5 mod 11. Who was registered from
     * October 2020 on has six random digits in place of the last six, so there the day is all (Resident Registration Act).
     */
    static boolean korean(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 13) {
            return false;
        }
        int sex = Digits.value(digits, 6);
        int century = sex == 0 || sex == 9 ? 1800 : sex == 3 || sex == 4 || sex == 7 || sex == 8 ? 2000 : 1900;
        int year = century + Digits.number(digits, 0, 2);
        int month = Digits.number(digits, 2, 4);
        int check = (11 - CheckDigits.weighted(digits, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
        boolean random = year > 2020 || (year == 2020 && month >= 10);
        return BirthDates.exists(year, month, Digits.number(digits, 4, 6))
                && (random || check == Digits.value(digits, 12));
    }

    /** China: six digits of a place, YYYYMMDD, three digits, ISO 7064 MOD 11-2 with X for ten (GB 11643-1999). */
    static boolean chinese(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 18 || Digits.of(number.substring(0, 17)).length() != 17) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum = (sum + Digits.value(number, i)) * 2 % 11;
        }
        char first = number.charAt(0);
        return first >= '1'
                && first <= '8'
                && BirthDates.exists(
                        Digits.number(number, 6, 10), Digits.number(number, 10, 12), Digits.number(number, 12, 14))
                && "10X98765432".charAt(sum) == number.charAt(17);
    }
}
