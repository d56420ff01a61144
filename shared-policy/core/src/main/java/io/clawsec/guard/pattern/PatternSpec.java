package io.clawsec.guard.pattern;

import java.util.List;

/**
 * One pattern as its author wrote it.
 *
 * @param id what a refusal names; several patterns may share one
 * @param regex RE2 syntax: no lookaround, no backreferences. Where it has a group named {@code value}, that group is
 *     the span that is reported; else the whole match is
 * @param keywords literals of which every text with a match holds at least one, in any case; {@code #} stands for any
 *     digit. None: the pattern runs on every text
 */
public record PatternSpec(String id, String regex, List<String> keywords) {

    public PatternSpec {
        keywords = List.copyOf(keywords);
    }
}
