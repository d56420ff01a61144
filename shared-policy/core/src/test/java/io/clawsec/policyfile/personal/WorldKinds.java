package io.clawsec.policyfile.personal;

import static io.clawsec.policyfile.personal.Reckoning.date;
import static io.clawsec.policyfile.personal.Reckoning.digits;
import static io.clawsec.policyfile.personal.Reckoning.luhn;
import static io.clawsec.policyfile.personal.Reckoning.multiple;
import static io.clawsec.policyfile.personal.Reckoning.number;
import static io.clawsec.policyfile.personal.Reckoning.random;
import static io.clawsec.policyfile.personal.Reckoning.sum;
import static io.clawsec.policyfile.personal.Reckoning.until;
import static io.clawsec.policyfile.personal.Reckoning.verhoeff;

import java.util.List;
import java.util.Random;

/** The national numbers of the Americas, Africa, Asia and the Pacific, without the United States. */
final class WorldKinds {

    private WorldKinds() {}

    static List<Kind> all() {
        return List.of(
                Kind.checked(
                        "ca-sin",
                        "SIN|social insurance number",
                        "#########|### ### ###|###-###-###",
                        random -> luhn(number(random, 1, 7, 1) + digits(random, 7))),
                Kind.checked("br-cpf", "CPF|meu documento", "###.###.###-##|### ### ### ##", WorldKinds::cpf),
                Kind.checked("br-cpf-unformatted", "CPF|cpf do titular", "###########", WorldKinds::cpf),
                Kind.checked("br-cnpj", "CNPJ|empresa", "##.###.###/####-##", WorldKinds::cnpj),
                Kind.checked("br-cnpj-unformatted", "CNPJ|cnpj_emitente", "##############", WorldKinds::cnpj),
                Kind.checked("ar-cuit", "CUIT|documento", "##-########-#|## ######## #", WorldKinds::cuit),
                Kind.checked("ar-cuit-unformatted", "CUIL|cuit", "###########", WorldKinds::cuit),
                Kind.of("cl-rut", "RUT|documento", "##.###.###-#", WorldKinds::rut, WorldKinds::otherRut),
                Kind.of(
                        "cl-rut-unformatted",
                        "RUT|rut_cliente",
                        "#########|########-#",
                        WorldKinds::rut,
                        WorldKinds::otherRut),
                Kind.checked("co-nit", "NIT|documento", "###.###.###-#", WorldKinds::nit),
                Kind.checked("co-nit-unformatted", "NIT|nit_proveedor", "##########|#########-#", WorldKinds::nit),
                Kind.checked("mx-curp", "CURP|clave", "##################", WorldKinds::curp),
                Kind.checked("mx-rfc", "RFC|rfc_receptor", "#############|####-######-###", WorldKinds::rfc),
                Kind.checked(
                        "za-id",
                        "ID number|SA ID",
                        "#############|###### #### ###|###### #### ## #",
                        random -> luhn(date(random, "yymmdd") + digits(random, 4) + "08")),
                Kind.checked(
                        "in-aadhaar",
                        "Aadhaar|UIDAI",
                        "############|#### #### ####|####-####-####",
                        random -> verhoeff(number(random, 2, 9, 1) + digits(random, 10))),
                Kind.of(
                        "in-pan",
                        "PAN|permanent account number",
                        "##########",
                        random -> random(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3)
                                + random(random, "PCHFATBLJG", 1)
                                + random(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)
                                + number(random, 1, 9_999, 4)
                                + random(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1),
                        value -> value.substring(0, 3) + "X" + value.substring(4)),
                Kind.checked(
                        "jp-my-number", "My Number|mynumber", "############|#### #### ####|####-####-####", random -> {
                            String body = digits(random, 11);
                            int rest = sum(body, "6 5 4 3 2 7 6 5 4 3 2") % 11;
                            return body + (rest < 2 ? 0 : 11 - rest);
                        }),
                Kind.checked("cn-resident-id", "resident ID|\u8EAB\u4EFD\u8BC1\u53F7", "##################", random -> {
                    String body = number(random, 110_101, 659_004, 6) + date(random, "yyyymmdd") + digits(random, 3);
                    return body + "10X98765432".charAt(sum(body, "7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2") % 11);
                }),
                Kind.checked("kr-rrn", "RRN|\uC8FC\uBBFC\uB4F1\uB85D\uBC88\uD638", "######-#######", WorldKinds::rrn),
                Kind.checked(
                        "kr-rrn-unformatted", "RRN|resident registration number", "#############", WorldKinds::rrn),
                Kind.checked("sg-nric", "NRIC|FIN", "#########", WorldKinds::nric),
                Kind.of(
                        "tw-id",
                        "Taiwan ID|national ID",
                        "##########",
                        // B counts as 11: one times one and nine times one.
                        random -> "B" + multipleAfter(10, number(random, 1, 2, 1) + digits(random, 7)),
                        Kind::otherEnd),
                Kind.of("hk-id", "HKID|identity card", "#######(#)", WorldKinds::hongKong, WorldKinds::otherInBrackets),
                Kind.of(
                        "hk-id-unformatted",
                        "HKID|Hong Kong ID",
                        "########",
                        WorldKinds::hongKong,
                        WorldKinds::otherInBrackets),
                Kind.checked(
                        "il-teudat-zehut",
                        "teudat zehut|Israeli ID",
                        "#########|########-#",
                        random -> luhn("0" + digits(random, 7))),
                Kind.checked(
                        "th-id",
                        "Thai ID|\u0E40\u0E25\u0E02\u0E1B\u0E23\u0E30\u0E08\u0E33\u0E15\u0E31\u0E27",
                        "#-####-#####-##-#|# #### ##### ## #",
                        WorldKinds::thai),
                Kind.checked("th-id-unformatted", "Thai ID|citizen ID", "#############", WorldKinds::thai),
                Kind.checked(
                        "au-tfn",
                        "TFN|tax file number",
                        "#########|### ### ###",
                        random -> until(() -> multiple(digits(random, 8), "1 4 3 7 5 8 6 9 10", 11))),
                Kind.of(
                        "au-medicare",
                        "Medicare|medicare number",
                        "##########|#### ##### #|####-#####-#",
                        random -> {
                            String body = number(random, 2, 6, 1) + digits(random, 7);
                            return body + sum(body, "1 3 7 9 1 3 7 9") % 10 + number(random, 1, 9, 1);
                        },
                        value -> Kind.changed(value, 8)),
                Kind.checked(
                        "nz-ird",
                        "IRD|Inland Revenue",
                        "#########|###-###-###|### ### ###",
                        random -> until(() ->
                                multiple("1" + number(random, 0, 4, 1) + digits(random, 6), "3 2 7 6 5 4 3 2 1", 11))));
    }

    /** The digits and one that brings what they and the start count for to a multiple of ten. */
    private static String multipleAfter(int start, String body) {
        return Reckoning.fitting(body, digit -> (start + sum(body + digit, "8 7 6 5 4 3 2 1 1")) % 10 == 0);
    }

    private static String cpf(Random random) {
        String body = digits(random, 9);
        String first = body + sum(body, "1 2 3 4 5 6 7 8 9") % 11 % 10;
        return first + sum(first, "0 1 2 3 4 5 6 7 8 9") % 11 % 10;
    }

    private static String cnpj(Random random) {
        String body = digits(random, 8) + "0001";
        String first = body + sum(body, "6 7 8 9 2 3 4 5 6 7 8 9") % 11 % 10;
        return first + sum(first, "5 6 7 8 9 2 3 4 5 6 7 8 9") % 11 % 10;
    }

    private static String cuit(Random random) {
        return until(() -> multiple(
                random.nextBoolean()
                        ? "20" + digits(random, 8)
                        : random(random, "2", 1) + random(random, "3467", 1) + digits(random, 8),
                "5 4 3 2 7 6 5 4 3 2 1",
                11));
    }

    private static String rut(Random random) {
        String body = number(random, 10_000_000, 29_999_999, 8);
        int check = Math.floorMod(-sum(body, "3 2 7 6 5 4 3 2"), 11);
        return body + (check == 10 ? "K" : check);
    }

    private static String otherRut(String value) {
        return value.endsWith("K") ? value.replace('K', '0') : Kind.otherEnd(value);
    }

    private static String nit(Random random) {
        String body = number(random, 800_000_000, 999_999_999, 9);
        int rest = sum(body, "41 37 29 23 19 17 13 7 3") % 11;
        return body + (rest < 2 ? rest : 11 - rest);
    }

    /** Letters before the missing one count from A as 10, so a name without letters past N is reckoned alike. */
    private static String curp(Random random) {
        String body = random(random, "BCDFGHJKLM", 1)
                + random(random, "AEI", 1)
                + random(random, "BCDFGHJKLM", 2)
                + date(random, "yymmdd")
                + random(random, "HM", 1)
                + random(random, "BCDFGHJKLM", 5)
                + random(random, "0123456789", 1);
        return Reckoning.multiple(body, "18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1", 10);
    }

    private static String rfc(Random random) {
        String body = random(random, "BCDFGHJKLM", 4) + date(random, "yymmdd") + random(random, "0123456789ABC", 2);
        int rest = sum(body, "13 12 11 10 9 8 7 6 5 4 3 2") % 11;
        return body + (rest == 0 ? "0" : rest == 1 ? "A" : String.valueOf(11 - rest));
    }

    private static String rrn(Random random) {
        String body = date(random, "yymmdd") + number(random, 1, 2, 1) + digits(random, 5);
        return body + (11 - sum(body, "2 3 4 5 6 7 8 9 2 3 4 5") % 11) % 10;
    }

    private static String nric(Random random) {
        String body = digits(random, 7);
        int sum = sum(body, "2 7 6 5 4 3 2");
        return switch (random.nextInt(5)) {
            case 0 -> "S" + body + "ABCDEFGHIZJ".charAt(10 - sum % 11);
            case 1 -> "T" + body + "ABCDEFGHIZJ".charAt(10 - (sum + 4) % 11);
            case 2 -> "F" + body + "KLMNPQRTUWX".charAt(10 - sum % 11);
            case 3 -> "G" + body + "KLMNPQRTUWX".charAt(10 - (sum + 4) % 11);
            default -> "M" + body + "KLJNPQRTUWX".charAt(10 - (sum + 3) % 11);
        };
    }

    private static String hongKong(Random random) {
        String body = random(random, "ABCDEFGHKPRSVWXYZ", 1) + digits(random, 6);
        int sum = 9 * 36 + sum(body, "8 7 6 5 4 3 2");
        int check = (11 - sum % 11) % 11;
        return body + (check == 10 ? "A" : check);
    }

    private static String otherInBrackets(String value) {
        char last = value.charAt(value.length() - 1);
        return value.substring(0, value.length() - 1) + (last == 'A' ? '1' : last == '9' ? '0' : (char) (last + 1));
    }

    private static String thai(Random random) {
        String body = number(random, 1, 8, 1) + digits(random, 11);
        return body + (11 - sum(body, "13 12 11 10 9 8 7 6 5 4 3 2") % 11) % 10;
    }
}
