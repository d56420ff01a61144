package io.clawsec.guard.rule;

/** National numbers of the Americas; those of the United States are in {@link IdentityNumbers}. */
final class AmericanNumbers {

    private static final String CURP_CHARACTERS = "0123456789ABCDEFGHIJKLMN\u00D1OPQRSTUVWXYZ";
    private static final String RFC_CHARACTERS = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ \u00D1";
    private static final int[] COLOMBIAN_WEIGHTS = {3, 7, 13, 17, 19, 23, 29, 37, 41, 43};

    private AmericanNumbers() {}

    /** Canada: nine digits, Luhn; 8 begins a business's number (Employment and Social Development Canada, SIN Code of Practice). */
    static boolean canadian(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 9) && digits.charAt(0) != '8' && CheckDigits.luhn(digits);
    }

    /** Brazil, a person: nine digits and two checks mod 11, ten counts as nought (Receita Federal, CPF). */
    static boolean brazilianPerson(String span) {
        String digits = Digits.of(span);
        return Digits.areSome(digits, 11)
                && CheckDigits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == Digits.value(digits, 9)
                && CheckDigits.weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
                        == Digits.value(digits, 10);
    }

    /**
     * Brazil, a business, which is often one person: twelve digits or, since July 2026, letters, that count by their
     * ASCII code less 48, and two checks mod 11 (Receita Federal, IN RFB 2.229/2024).
     */
    static boolean brazilianBusiness(String span) {
        String number = Digits.andLetters(span);
        if (number.length() != 14
                || Digits.allSame(number)
                || !Digits.is(number.charAt(12))
                || !Digits.is(number.charAt(13))) {
            return false;
        }
        return brazilianCheck(number, 12) == Digits.value(number, 12)
                && brazilianCheck(number, 13) == Digits.value(number, 13);
    }

    /** Weights 2 to 9 over and over, from the right. */
    private static int brazilianCheck(String number, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (number.charAt(i) - '0') * (2 + (length - 1 - i) % 8);
        }
        int rest = sum % 11;
        return rest < 2 ? 0 : 11 - rest;
    }

    /** Argentina: a prefix by kind, eight digits, weights 5432765432 mod 11 (AFIP, CUIT and CUIL). */
    static boolean argentine(String span) {
        String digits = Digits.of(span);
        if (digits.length() != 11) {
            return false;
        }
        boolean issued = switch (digits.substring(0, 2)) {
            case "20", "23", "24", "25", "26", "27", "30", "33", "34" -> true;
            default -> false;
        };
        return issued && CheckDigits.weighted(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    /** Chile: weights 2 to 7 over and over from the right, mod 11, K for ten (Servicio de Impuestos Internos, RUT). */
    static boolean chilean(String span) {
        String number = Digits.andLetters(span);
        if (number.length() < 8 || number.length() > 9) {
            return false;
        }
        String digits = number.substring(0, number.length() - 1);
        if (!Digits.areSome(Digits.of(digits), digits.length())) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += Digits.value(digits, digits.length() - 1 - i) * (2 + i % 6);
        }
        return "0K987654321".charAt(sum % 11) == number.charAt(number.length() - 1);
    }

    /** Colombia: weights that are primes, from the right, mod 11 (DIAN, Orden Administrativa 4 of 1989). */
    static boolean colombian(String span) {
        String digits = Digits.of(span);
        if (digits.length() < 9 || digits.length() > 11 || Digits.allSame(digits)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length() - 1; i++) {
            sum += Digits.value(digits, digits.length() - 2 - i) * COLOMBIAN_WEIGHTS[i];
        }
        int rest = sum % 11;
        return (rest < 2 ? rest : 11 - rest) == Digits.value(digits, digits.length() - 1);
    }

    /** Mexico, population register: names, YYMMDD, sex, state, and a digit by weights 18 to 2 mod 10 (RENAPO, DOF 18/10/2021). */
    static boolean mexicanPerson(String span) {
        String code = Digits.andLetters(span);
        if (code.length() != 18 || !dated(code)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += CURP_CHARACTERS.indexOf(code.charAt(i)) * (18 - i);
        }
        return (10 - sum % 10) % 10 == code.charAt(17) - '0';
    }

    /** Mexico, a person's tax number: names, YYMMDD, two marks, and a check by weights 13 to 2 mod 11 (SAT, Anexo 1 RFC). */
    static boolean mexicanTax(String span) {
        String code = Digits.andLetters(span);
        if (code.length() != 13 || !dated(code)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += RFC_CHARACTERS.indexOf(code.charAt(i)) * (13 - i);
        }
        return "0A987654321".charAt(sum % 11) == code.charAt(12);
    }

    private static boolean dated(String code) {
        String date = code.substring(4, 10);
        return Digits.of(date).length() == 6
                && BirthDates.existsInSomeCentury(
                        Digits.number(date, 0, 2), Digits.number(date, 2, 4), Digits.number(date, 4, 6));
    }
}
