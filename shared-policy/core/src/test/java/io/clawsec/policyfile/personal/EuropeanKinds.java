package io.clawsec.policyfile.personal;

import static io.clawsec.policyfile.personal.Reckoning.date;
import static io.clawsec.policyfile.personal.Reckoning.digits;
import static io.clawsec.policyfile.personal.Reckoning.fitting;
import static io.clawsec.policyfile.personal.Reckoning.hybrid;
import static io.clawsec.policyfile.personal.Reckoning.luhn;
import static io.clawsec.policyfile.personal.Reckoning.multiple;
import static io.clawsec.policyfile.personal.Reckoning.number;
import static io.clawsec.policyfile.personal.Reckoning.random;
import static io.clawsec.policyfile.personal.Reckoning.rest;
import static io.clawsec.policyfile.personal.Reckoning.sum;
import static io.clawsec.policyfile.personal.Reckoning.until;

import java.util.List;
import java.util.Random;

/** The national numbers of Europe. */
final class EuropeanKinds {

    private static final String CONSONANTS = "ABCDFGHLMNPRSTVZ";
    /** Italian letters in the order of what they count for at odd places; digits count as the first ten letters. */
    private static final String ITALIAN_ODD = "BAKPLCQDREVOSFTGUHMINJWZYX";

    private EuropeanKinds() {}

    static List<Kind> all() {
        return List.of(
                Kind.of(
                        "uk-nino",
                        "National Insurance|NI number",
                        "#########|## ## ## ## #|##-##-##-##-#",
                        random -> random(random, "ACEHJLMPRSWXY", 1)
                                + random(random, "ABCEGHJKLMPRSTWXYZ", 1)
                                + number(random, 100_000, 899_999, 6)
                                + random(random, "ABCD", 1),
                        value -> "Q" + value.substring(1)),
                Kind.checked(
                        "nhs-number",
                        "NHS number|nhs_no",
                        "##########|### ### ####|###-###-####",
                        random -> until(() -> multiple(digits(random, 9), "10 9 8 7 6 5 4 3 2 1", 11))),
                Kind.checked(
                        "de-tax-id",
                        "Steuer-ID|Steueridentifikationsnummer|IdNr",
                        "###########|## ### ### ###",
                        EuropeanKinds::germanTax),
                Kind.checked(
                        "de-identity-card",
                        "Personalausweis|Ausweisnummer",
                        "##########",
                        random -> until(() -> multiple(
                                random(random, "CFGHJKLMNPRTVWXYZ", 1)
                                        + digits(random, 2)
                                        + random(random, "CFGHJKLMNPRTVWXYZ0123456789", 6),
                                "7 3 1 7 3 1 7 3 1 9",
                                10))),
                Kind.checked(
                        "fr-nir",
                        "NIR|num\u00E9ro de s\u00E9curit\u00E9 sociale",
                        "###############|# ## ## ## ### ### ##",
                        EuropeanKinds::french),
                Kind.checked(
                        "es-dni es-dni-unit-letter",
                        "DNI|NIF",
                        "#########|########-#|##.###.###-#|######## #",
                        random -> spanish(digits(random, 8))),
                Kind.checked("es-dni", "NIE|tarjeta de residencia", "#########|#-#######-#|# ####### #", random -> {
                    String body = digits(random, 7);
                    int first = random.nextInt(3);
                    return "XYZ".charAt(first) + body + last(spanish(first + body));
                }),
                Kind.checked(
                        "it-fiscal-code",
                        "codice fiscale|cf",
                        "################|### ### ##### #####",
                        EuropeanKinds::italian),
                Kind.checked(
                        "nl-bsn",
                        "BSN|burgerservicenummer",
                        "#########|####.##.###|### ### ###",
                        random -> until(() -> multiple(digits(random, 8), "9 8 7 6 5 4 3 2 10", 11))),
                Kind.checked(
                        "be-national-number be-national-number-unformatted",
                        "rijksregisternummer|NISS",
                        "##.##.##-###.##|###########|## ## ## ### ##",
                        random -> {
                            String body = date(random, "yymmdd") + number(random, 1, 997, 3);
                            return body + String.format("%02d", 97 - rest(body, 97));
                        }),
                Kind.checked("pl-pesel", "PESEL|nr pesel", "###########", random -> {
                    String body = date(random, "yymmdd") + digits(random, 4);
                    return body + sum(body, "9 7 3 1 9 7 3 1 9 7") % 10;
                }),
                Kind.checked(
                        "se-personnummer",
                        "personnummer|svenskt",
                        "######-####|######+####",
                        random -> luhn(date(random, "yymmdd") + digits(random, 3))),
                Kind.checked(
                        "se-personnummer-unformatted",
                        "personnummer|personnr",
                        "##########",
                        random -> luhn(date(random, "yymmdd") + digits(random, 3))),
                Kind.checked(
                        "no-birth-number",
                        "f\u00F8dselsnummer|fnr",
                        "###########|###### #####",
                        EuropeanKinds::norwegian),
                Kind.of(
                        "dk-cpr",
                        "CPR|cpr-nummer",
                        "##########|######-####",
                        random -> date(random, "ddmmyy") + digits(random, 4),
                        value -> value.substring(0, 2) + "1" + "3" + value.substring(4)),
                Kind.checked("fi-hetu", "hetu|henkil\u00F6tunnus", "@", random -> {
                    String body = date(random, "ddmmyy");
                    String serial = number(random, 2, 899, 3);
                    return body
                            + random(random, "-A+Y", 1)
                            + serial
                            + "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(rest(body + serial, 31));
                }),
                Kind.of(
                        "is-kennitala",
                        "kennitala|kt",
                        "##########|######-####",
                        random -> until(() ->
                                        multiple(date(random, "ddmmyy") + digits(random, 2), "3 2 7 6 5 4 3 2 1", 11))
                                + "9",
                        value -> Kind.changed(value, 8)),
                Kind.checked(
                        "ch-ahv",
                        "AHV-Nummer|num\u00E9ro AVS",
                        "#############|###.####.####.##",
                        random -> multiple("756" + digits(random, 9), "1 3 1 3 1 3 1 3 1 3 1 3 1", 10)),
                Kind.of(
                        "at-svnr",
                        "SVNR|Sozialversicherungsnummer",
                        "##########|#### ######",
                        random -> until(() -> {
                            String serial = number(random, 100, 999, 3);
                            String born = date(random, "ddmmyy");
                            int check = sum(serial + born, "3 7 9 5 8 4 2 1 6") % 11;
                            if (check == 10) {
                                throw new IllegalStateException("not issued");
                            }
                            return serial + check + born;
                        }),
                        value -> Kind.changed(value, 3)),
                Kind.checked(
                        "pt-nif",
                        "NIF|contribuinte",
                        "#########|### ### ###",
                        random -> until(() -> multiple("2" + digits(random, 7), "9 8 7 6 5 4 3 2 1", 11))),
                Kind.of(
                        "ie-pps",
                        "PPS number|PPSN",
                        "@",
                        random -> {
                            String body = digits(random, 6) + number(random, 1, 8, 1);
                            String second = random.nextBoolean() ? "" : random(random, "ABCDEFGH", 1);
                            int extra = second.isEmpty() ? 0 : 9 * (second.charAt(0) - '@');
                            return body
                                    + "WABCDEFGHIJKLMNOPQRSTUV".charAt((sum(body, "8 7 6 5 4 3 2") + extra) % 23)
                                    + second;
                        },
                        value -> value.substring(0, 7)
                                + (value.charAt(7) == 'V' ? 'A' : (char) (value.charAt(7) + 1))
                                + value.substring(8)),
                Kind.checked("cz-birth-number", "rodn\u00E9 \u010D\u00EDslo|rc", "######/####", EuropeanKinds::czech),
                Kind.checked("cz-birth-number-unformatted", "rodne cislo|rc", "##########", EuropeanKinds::czech),
                Kind.checked("ro-cnp", "CNP|cod numeric personal", "#############", random -> {
                    String body = number(random, 1, 2, 1)
                            + date(random, "yymmdd")
                            + number(random, 1, 52, 2)
                            + digits(random, 3);
                    int check = sum(body, "2 7 9 1 4 6 3 5 8 2 7 9") % 11;
                    return body + (check == 10 ? 1 : check);
                }),
                Kind.checked("bg-egn", "EGN|egn", "##########", random -> {
                    String body = date(random, "yymmdd") + digits(random, 3);
                    return body + sum(body, "2 4 8 5 10 9 7 3 6") % 11 % 10;
                }),
                Kind.checked("hr-oib", "OIB|oib broj", "###########", random -> hybrid(digits(random, 10))),
                Kind.checked("tr-tckn", "TC Kimlik No|TCKN", "###########", random -> {
                    String body = number(random, 1, 9, 1) + digits(random, 8);
                    int odd = sum(body, "1 0 1 0 1 0 1 0 1");
                    int even = sum(body, "0 1 0 1 0 1 0 1 0");
                    return body + (odd * 7 + even * 9) % 10 + odd * 8 % 10;
                }),
                Kind.checked("baltic-personal-code", "isikukood|asmens kodas", "###########", EuropeanKinds::baltic),
                Kind.checked(
                        "gr-amka",
                        "AMKA|amka no",
                        "###########",
                        random -> luhn(date(random, "ddmmyy") + digits(random, 4))));
    }

    private static char last(String value) {
        return value.charAt(value.length() - 1);
    }

    private static String spanish(String digits) {
        return digits + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(rest(digits, 23));
    }

    /** Nine different digits and one of them again. */
    private static String germanTax(Random random) {
        return until(() -> {
            String body = number(random, 1, 9, 1) + digits(random, 9);
            long different = body.chars().distinct().count();
            if (different != 9) {
                throw new IllegalStateException("not issued");
            }
            return hybrid(body);
        });
    }

    private static String french(Random random) {
        String body = random(random, "12", 1)
                + date(random, "yymm")
                + number(random, 1, 95, 2)
                + number(random, 1, 990, 3)
                + number(random, 1, 999, 3);
        return body + String.format("%02d", 97 - rest(body, 97));
    }

    private static String italian(Random random) {
        String code = random(random, CONSONANTS, 6)
                + number(random, 30, 99, 2)
                + random(random, "ABCDEHLMPRST", 1)
                + number(random, 1, 28, 2)
                + random(random, "ABCDEFGHILMZ", 1)
                + digits(random, 3);
        int sum = 0;
        for (int i = 0; i < code.length(); i++) {
            char character = code.charAt(i);
            char letter = Character.isDigit(character) ? (char) (character - '0' + 'A') : character;
            sum += i % 2 == 0 ? ITALIAN_ODD.indexOf(letter) : letter - 'A';
        }
        return code + (char) ('A' + sum % 26);
    }

    private static String norwegian(Random random) {
        return until(() -> {
            String body = date(random, "ddmmyy") + number(random, 0, 499, 3);
            int first = sum(body, "8 4 5 10 3 2 7 6 9") % 11;
            int second = sum(body + Math.min(first, 9), "6 7 8 9 4 5 6 7 8 9") % 11;
            if (first == 10 || second == 10) {
                throw new IllegalStateException("not issued");
            }
            return body + first + second;
        });
    }

    private static String czech(Random random) {
        return until(() -> {
            int month = 1 + random.nextInt(12) + (random.nextBoolean() ? 50 : 0);
            String body = number(random, 54, 99, 2)
                    + String.format("%02d", month)
                    + number(random, 1, 28, 2)
                    + number(random, 1, 999, 3);
            return fitting(body, digit -> rest(body + digit, 11) == 0);
        });
    }

    private static String baltic(Random random) {
        String body = number(random, 3, 4, 1) + date(random, "yymmdd") + digits(random, 3);
        int check = sum(body, "1 2 3 4 5 6 7 8 9 1") % 11;
        check = check < 10 ? check : sum(body, "3 4 5 6 7 8 9 1 2 3") % 11;
        return body + check % 10;
    }
}
