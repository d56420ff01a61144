package io.clawsec.fuzz;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Texts made of a fuzzer's bytes: UTF-8, so that seeds can be read, and every other byte half of a surrogate pair. */
final class FuzzText {

    private static final int SURROGATES_PER_BYTE = 16;

    private FuzzText() {}

    static String of(byte[] input) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(input);
        CharBuffer text = CharBuffer.allocate(input.length);
        while (true) {
            CoderResult result = decoder.decode(bytes, text, true);
            if (result.isUnderflow()) {
                return text.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                text.put((char) (Character.MIN_SURROGATE + (bytes.get() & 0x7F) * SURROGATES_PER_BYTE));
            }
            decoder.reset();
        }
    }
}
