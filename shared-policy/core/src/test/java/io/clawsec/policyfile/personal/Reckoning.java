package io.clawsec.policyfile.personal;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Check digits by other roads than the product's: the tables that the issuers print, complementary weights, big numbers,
 * and trying all ten digits.
 */
final class Reckoning {

    /** What a doubled digit counts for. */
    private static final int[] DOUBLED = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};

    /** Verhoeff's permutation at each of eight places, as printed. */
    private static final String[] PERMUTED = {
        "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"
    };

    private Reckoning() {}

    /** So many random digits. */
    static String digits(Random random, int count) {
        return random(random, "0123456789", count);
    }

    /** So many characters of the given ones. */
    static String random(Random random, String of, int count) {
        StringBuilder text = new StringBuilder();
        while (text.length() < count) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }

    /** A number from one to another, both included, with leading zeros. */
    static String number(Random random, int least, int most, int digits) {
        return String.format("%0" + digits + "d", least + random.nextInt(most - least + 1));
    }

    /** A day that exists, its year, month and day in the order of the letters y, m and d. */
    static String date(Random random, String order) {
        int day = 1 + random.nextInt(31);
        int month = day > 28 ? List.of(1, 3, 5, 7, 8, 10, 12).get(random.nextInt(7)) : 1 + random.nextInt(12);
        return order.replace("yyyy", number(random, 1930, 2009, 4))
                .replace("yy", number(random, 0, 99, 2))
                .replace("mm", String.format("%02d", month))
                .replace("dd", String.format("%02d", day));
    }

    /** The body and the only digit that fits it. */
    static String fitting(String body, IntPredicate fits) {
        return body
                + IntStream.rangeClosed(0, 9)
                        .filter(fits)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no digit fits"));
    }

    /** Makes again what has no fitting digit. */
    static String until(Supplier<String> maker) {
        int tried = 0;
        while (tried < 1_000) {
            try {
                return maker.get();
            } catch (IllegalStateException none) {
                tried++;
            }
        }
        throw new AssertionError("nothing fits");
    }

    /** The sum of the characters times the weights, which are written with spaces; letters count from A as 10. */
    static int sum(String characters, String weights) {
        String[] each = weights.split(" ", -1);
        return IntStream.range(0, each.length)
                .map(i -> Character.digit(characters.charAt(i), 36) * Integer.parseInt(each[i]))
                .sum();
    }

    /** The body and a digit that makes the weighted sum of all a multiple. */
    static String multiple(String body, String weights, int of) {
        return fitting(body, digit -> Math.floorMod(sum(body + digit, weights), of) == 0);
    }

    /** The body and its digit after Luhn. */
    static String luhn(String body) {
        return fitting(body, digit -> luhnSum(body + digit) % 10 == 0);
    }

    private static int luhnSum(String digits) {
        int last = digits.length() - 1;
        return IntStream.rangeClosed(0, last)
                .map(i -> (last - i) % 2 == 0 ? digits.charAt(i) - '0' : DOUBLED[digits.charAt(i) - '0'])
                .sum();
    }

    /** The body and its digit after Verhoeff, reckoned as turns and flips of a pentagon. */
    static String verhoeff(String body) {
        return fitting(body, digit -> {
            String all = body + digit;
            int turn = 0;
            boolean flipped = false;
            for (int i = 0; i < all.length(); i++) {
                int permuted = PERMUTED[i % 8].charAt(all.charAt(all.length() - 1 - i) - '0') - '0';
                turn = Math.floorMod(flipped ? turn - permuted % 5 : turn + permuted % 5, 5);
                flipped ^= permuted >= 5;
            }
            return turn == 0 && !flipped;
        });
    }

    /** The body and its digit after ISO 7064 MOD 11,10, as the standard's flow chart has it. */
    static String hybrid(String body) {
        int product = 10;
        for (int i = 0; i < body.length(); i++) {
            int sum = product + body.charAt(i) - '0';
            sum = sum > 10 ? sum - 10 : sum;
            product = sum * 2;
            product = product > 10 ? product - 11 : product;
        }
        return body + (11 - product) % 10;
    }

    /** The rest of a number as large as it likes. */
    static int rest(String digits, int by) {
        return new BigInteger(digits).mod(BigInteger.valueOf(by)).intValue();
    }

    /** The number modulo 97 of letters and digits, letters from A as 10. */
    static int rest97(String characters) {
        StringBuilder digits = new StringBuilder();
        characters.chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return rest(digits.toString(), 97);
    }
}
