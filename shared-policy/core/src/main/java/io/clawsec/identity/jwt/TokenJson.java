package io.clawsec.identity.jwt;

import io.clawsec.json.Json;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import io.jsonwebtoken.io.Deserializer;
import io.jsonwebtoken.io.Serializer;
import java.io.OutputStream;
import java.io.Reader;
import java.util.Map;

/** Lends ClawSec's strict JSON to the JWT library, which would otherwise want a codec module of its own. */
final class TokenJson {

    /** Characters read at once: a header or a payload of ours. */
    private static final int PIECE = 512;

    static final Serializer<Map<String, ?>> WRITER = new AbstractSerializer<>() {
        @Override
        protected void doSerialize(Map<String, ?> tree, OutputStream out) throws Exception {
            out.write(Json.write(tree));
        }
    };

    static final Deserializer<Map<String, ?>> READER = new AbstractDeserializer<>() {
        @Override
        protected Map<String, ?> doDeserialize(Reader reader) throws Exception {
            StringBuilder text = new StringBuilder(PIECE);
            char[] piece = new char[PIECE]; // transferTo would take 16 KB for every part of every token
            for (int length = reader.read(piece); length >= 0; length = reader.read(piece)) {
                text.append(piece, 0, length); // bounded: CompactToken.LONGEST stands before every parser
            }
            return Json.parseObject(text.toString());
        }
    };

    private TokenJson() {}
}
