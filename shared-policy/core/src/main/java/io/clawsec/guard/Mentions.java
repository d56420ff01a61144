package io.clawsec.guard;

import io.clawsec.guard.rule.Category;
import java.util.List;

/**
 * Tells talk about an attack from an attack: {@code what does "ignore previous instructions" mean?}
 *
 * <p>A match is a mention where one of its rule's {@code unless_before} stands right before it and either quotation marks
 * close round it or its sentence ends in a question mark. Mentions are spared only where nothing else in the text is an
 * injection: who asks what an attack means has no other one beside it.
 */
final class Mentions {

    /** How far after a match its sentence's question mark may stand. */
    static final int SENTENCE_CHARACTERS = 128;

    private static final String QUOTES = "\"'`\u2018\u2019\u201A\u201C\u201D\u201E\u00AB\u00BB";

    private Mentions() {}

    /** Whether mentions beside these candidates are attacks too. */
    static boolean count(List<Candidate> others) {
        for (Candidate candidate : others) {
            if (candidate.enforced() && candidate.rule().category() == Category.INJECTION) {
                return true;
            }
        }
        return false;
    }

    /** Whether the candidate's match in the text is a mention; the text is all of it. */
    static boolean isMention(Candidate candidate, String text) {
        List<String> openings = candidate.rule().unlessBefore();
        if (openings.isEmpty() || candidate.rule().category() != Category.INJECTION) {
            return false;
        }
        int before = candidate.start();
        boolean quoted = before > 0 && isQuote(text.charAt(before - 1));
        int opened = quoted ? before - 1 : before;
        int place = opened > 0 && text.charAt(opened - 1) == ' ' ? opened - 1 : opened;
        return openings.stream().anyMatch(opening -> endsWith(text, place, opening))
                && ((quoted && closesQuote(text, candidate.end())) || isAsked(text, candidate.end()));
    }

    private static boolean closesQuote(String text, int place) {
        return place < text.length() && isQuote(text.charAt(place));
    }

    /** Whether the phrase ends at the place, in any case and as words of their own. */
    private static boolean endsWith(String text, int place, String phrase) {
        int start = place - phrase.length();
        return text.regionMatches(true, start, phrase, 0, phrase.length())
                && (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)));
    }

    /** Whether the sentence that goes on at the place ends in a question mark. */
    private static boolean isAsked(String text, int from) {
        int to = Math.min(text.length(), from + SENTENCE_CHARACTERS);
        for (int at = from; at < to; at++) {
            switch (text.charAt(at)) {
                case '?' -> {
                    return true;
                }
                case '.', '!', ';', ':', '\n' -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean isQuote(char character) {
        return QUOTES.indexOf(character) >= 0;
    }
}
