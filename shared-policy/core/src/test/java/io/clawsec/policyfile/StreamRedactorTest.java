package io.clawsec.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.StreamRedactor;
import io.clawsec.guard.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams through the packaged rules. {@code -Dclawsec.stream.texts=100000} makes a longer run. */
class StreamRedactorTest {

    private static final Guard GUARD =
            new Guard(GuardPolicy.strict(PolicyFiles.packaged().load().packs()));
    private static final int TEXTS = Integer.getInteger("clawsec.stream.texts", 10_000);
    private static final long SEED = Long.getLong("clawsec.stream.seed", 20261122L);

    /** What meets in a text: findings of every kind, what only looks like one, and what stands between. */
    private static final List<String> PARTS = List.of(
            "jane.doe@example.com",
            "j@x.co",
            "me@here",
            "4111 1111 1111 1111",
            "4111-1111-1111-1112",
            "536-22-8726",
            "536228726",
            "SSN",
            "ssn:",
            "call me",
            "212-555-0187",
            "(212) 555-0187",
            "+49 30 1234 5678",
            "192.168.1.20",
            "fe80::1ff:fe23:4567:890a",
            "GB82 WEST 1234 5698 7654 32",
            "DE89370400440532013000",
            "born on March 3, 1985",
            "01/02/1990",
            "dob",
            "sk-abcdefghijklmnopqrstuvwx1234",
            "sk-",
            "AKIAIOSFODNN7EXAMPLQ",
            "password: hunter2",
            "password=",
            "\"secret\": \"Zx9!kq\"",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKfakefakefakefake",
            "-----END RSA PRIVATE KEY-----",
            "[SSN-REDACTED]",
            "[EMAIL-REDACTED",
            "[X",
            "-REDACTED]",
            "123 456 789",
            "1",
            "22",
            "333",
            "4444",
            " ",
            " ",
            " ",
            "\n",
            ", ",
            ".",
            "-",
            ":",
            "/",
            "the",
            "quick",
            "brown",
            "fox",
            "passport",
            "C01234567",
            "routing number 021000021",
            "\uFF11\uFF12",
            "\u00E9",
            "\uD83D\uDE00",
            "\uD83D",
            "\u4E2D\u6587",
            "\u2011",
            "\u00A0",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "0123456789abcdef0123456789abcdef",
            "postgres://user:pa55word@db.internal/app",
            "@",
            "x@",
            "\uDB40\uDC73\uDB40\uDC6B\uDB40\uDC2D\uDB40\uDC61\uDB40\uDC62\uDB40\uDC63\uDB40\uDC64\uDB40\uDC65\uDB40\uDC66\uDB40\uDC67\uDB40\uDC68\uDB40\uDC69\uDB40\uDC6A\uDB40\uDC6B\uDB40\uDC6C\uDB40\uDC6D\uDB40\uDC6E\uDB40\uDC6F\uDB40\uDC70\uDB40\uDC71\uDB40\uDC72\uDB40\uDC73\uDB40\uDC74\uDB40\uDC75\uDB40\uDC76\uDB40\uDC77\uDB40\uDC78\uDB40\uDC31\uDB40\uDC32\uDB40\uDC33\uDB40\uDC34",
            "https://",
            "jane%40example.com",
            "jane&#64;example.com",
            "jane\\u0040example.com",
            "4111%201111%201111%201111",
            "ssn%3A",
            "%",
            "%4",
            "%25",
            "&",
            "&#",
            "&#x",
            "\\",
            "\\u00",
            "=",
            "=\n",
            "=3D",
            "pass=\nword: hunter2",
            "p\u0430ssword: hunter2",
            "\u0440\u0430\u0441",
            "\uFF4A\uFF41\uFF4E\uFF45\uFF20\uFF58\uFF0E\uFF43\uFF4F",
            "4111\u200B1111\u200B11111111",
            "sk-abc\u00ADdefghijklmnopqrstuvwx1234",
            "pa\u0301ssword: hunter2",
            "\u0301",
            "\u0308\u0323",
            "\uFE0F",
            "\u200D",
            "\uDB40\uDC41",
            "\uDB40",
            "\uDC41",
            "\uD835\uDFD2\uD835\uDFCF\uD835\uDFCF\uD835\uDFCF",
            "\uFB01",
            "\u30AB\u3099",
            "\uAC00",
            "a2V5IHNrLWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eDEyMzQgb2YgdG9kYXk=",
            "YTJWNUlITnJMV0ZpWTJSbFptZG9hV3ByYkcxdWIzQnhjbk4wZFhaM2VERXlNelFnYjJZZ2RHOWtZWGs9",
            "bWFpbCBqYW5lLmRvZUBleGFtcGxlLmNvbSBhbmQgc28gb24=",
            "6b657920736b2d6162636465666768696a6b6c6d6e6f70717273747576777831323334206f6620746f646179",
            "a2V5IHNrLWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eDEyMzQgb2YgdG9kYXlrZXkgc2stYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4MTIzNCBvZiB0b2RheWtleSBzay1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3gxMjM0IG9mIHRvZGF5a2V5IHNrLWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eDEyMzQgb2YgdG9kYXlrZXkgc2stYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4MTIzNCBvZiB0b2RheWtleSBzay1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3gxMjM0IG9mIHRvZGF5a2V5IHNrLWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eDEyMzQgb2YgdG9kYXlrZXkgc2stYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4MTIzNCBvZiB0b2RheWtleSBzay1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3gxMjM0IG9mIHRvZGF5a2V5IHNrLWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eDEyMzQgb2YgdG9kYXlrZXkgc2stYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4MTIzNCBvZiB0b2RheWtleSBzay1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3gxMjM0IG9mIHRvZGF5",
            "%73%73%6e%20%35%33%36%2d%32%32%2d%38%37%32%36",
            "63:61:6c:6c:20:6a:61:6e:65:40:78:2e:63:6f");

    private record Streamed(String text, List<String> findings, List<String> placeholders) {}

    private static Streamed whole(String text) {
        Verdict.Pass pass = GUARD.redact(new GuardedText("response", text));
        return new Streamed(
                pass.texts().get(0).text(),
                pass.findings().stream().map(Object::toString).sorted().toList(),
                pass.texts().get(0).placeholders());
    }

    private static Streamed streamed(List<String> pieces) {
        StreamRedactor redactor = GUARD.redactor("response");
        String text = pieces.stream().map(redactor::append).collect(Collectors.joining()) + redactor.finish();
        assertThat(redactor.held()).isZero();
        return new Streamed(
                text,
                redactor.findings().stream().map(Object::toString).sorted().toList(),
                redactor.placeholders());
    }

    private static List<String> cut(String text, Random random, int longest) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int next = Math.min(text.length(), at + 1 + random.nextInt(longest));
            pieces.add(text.substring(at, next));
            at = next;
        }
        return pieces;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(30);
        for (int i = 0; i < parts; i++) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
            if (random.nextInt(40) == 0) {
                text.append("a".repeat(random.nextInt(700)).replace('a', "a1 ".charAt(random.nextInt(3))));
            }
            if (random.nextBoolean()) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    @Test
    void howeverATextIsCutWhatLeavesIsTheRedactionOfTheWhole() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        int redacted = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            Streamed whole = whole(text);
            redacted += whole.placeholders().isEmpty() ? 0 : 1;
            for (int longest : new int[] {1, 7, 100}) {
                List<String> pieces = cut(text, random, longest);
                assertThat(streamed(pieces))
                        .as("seed %d, text %d, cut into %s", SEED, i, pieces)
                        .isEqualTo(whole);
            }
        }
        assertThat(redacted).as("texts with something to redact").isGreaterThan(TEXTS / 4);
    }

    /** Numbers of which nearly all need context, a little of what gives them some, and much of what gives none. */
    private static final List<String> NUMBERS = List.of(
            "536228726",
            "536228726",
            "536-22-8726",
            "[SSN-REDACTED]",
            "ssn",
            "2125550187",
            "2125550187",
            "212.555.0187",
            "+1 212 555 0187",
            "[PHONE-REDACTED]",
            "phone",
            "021000021",
            "routing number",
            "C01234567",
            "passport",
            "01/02/1990",
            "dob",
            "9434765919",
            "12345678901",
            "1234567890123",
            "order",
            "of the",
            "#");

    private static String numbers(Random random) {
        StringBuilder text = new StringBuilder();
        List<String> parts = new ArrayList<>(NUMBERS);
        parts.removeIf(part -> random.nextInt(3) > 0); // else every text holds every word
        int length = random.nextInt(120);
        for (int i = 0; i < length && !parts.isEmpty(); i++) {
            text.append(parts.get(random.nextInt(parts.size()))).append(random.nextInt(8) == 0 ? "\n" : " ");
            text.append(".".repeat(random.nextInt(20) == 0 ? random.nextInt(200) : 0));
        }
        return text.toString();
    }

    /** In a whole text a number's context is looked for before its span where there are many; in a stream it cannot be. */
    @Test
    void numbersAreJudgedAlikeWhetherTheirContextIsLookedForBeforeOrAfter() {
        Random random = new Random(SEED);
        int redacted = 0;
        for (int i = 0; i < TEXTS / 10; i++) {
            String text = numbers(random);
            Streamed whole = whole(text);
            redacted += whole.placeholders().isEmpty() ? 0 : 1;
            assertThat(streamed(cut(text, random, 50)))
                    .as("seed %d, text %d: %s", SEED, i, text)
                    .isEqualTo(whole);
        }
        assertThat(redacted).as("texts with something to redact").isBetween(TEXTS / 20, TEXTS / 10 - 1);
    }

    private static final String PROSE = """
            The committee met on Tuesday, as it does every month, to hear what the engineers had found. In 2019 there \
            had been 4,312 such reports; this year there are fewer than 900. "We changed one thing," said the lead, \
            "and measured it twice." She showed the code: for (int i = 0; i < n; i++) { sum += a[i]; } and a link to \
            https://example.org/docs/index.html#results, then asked for questions. \u0415\u0451 \u0441\u043F\u0440\u043E\u0441\u0438\u043B\u0438 \u043E \u0446\u0435\u043D\u0435. \u5979\u7B11\u4E86\u7B11\uFF0C\u6CA1\u6709\u56DE\u7B54\u3002

            """;

    @Test
    void ofProseLittleIsHeldBack() {
        List<Integer> held = new ArrayList<>();
        StreamRedactor redactor = GUARD.redactor("response");
        for (String piece : cut(PROSE.repeat(100), new Random(SEED), 8)) {
            redactor.append(piece);
            held.add(redactor.held());
        }
        held.sort(null);
        assertThat(held.get(held.size() * 99 / 100))
                .as("held back, 99 of 100 times")
                .isLessThanOrEqualTo(64);
    }

    /** What may still be something is let go, or taken, at the bound of its rule: a PEM block's is 16,384. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "a1-", "x@y.", "1 ", "A1 ", ":1", "1.", "sk-a", "password: a", "+1 2"})
    void whatIsHeldBackIsBounded(String part) {
        StreamRedactor redactor = GUARD.redactor("response");
        for (int i = 0; i < 2_000; i++) {
            redactor.append(part);
            assertThat(redactor.held()).as("after %d times <%s>", i + 1, part).isLessThanOrEqualTo(1_024);
        }
    }

    /** Two rules have a match of the same span, of which one is context for what follows; the order must not matter. */
    @Test
    void ofTwoNeighboursInOnePlaceTheSameCountsInAStream() {
        String text = "sk-" + "1".repeat(252) + "k 5a2V5IHNrLWFiY2RlZmdoaWprbG1uGF5";
        assertThat(streamed(text.chars().mapToObj(Character::toString).toList()))
                .isEqualTo(whole(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\uD83D", "jane@example.com", "[SSN-REDACTED]", "\uD83D\uDE00\uD83D\uDE00"})
    void shortTextsToo(String text) {
        assertThat(streamed(List.of(text))).isEqualTo(whole(text));
        assertThat(streamed(text.chars().mapToObj(Character::toString).toList()))
                .isEqualTo(whole(text));
    }
}
