package io.clawsec.identity.jwt;

import io.clawsec.json.Json;
import io.jsonwebtoken.io.AbstractSerializer;
import io.jsonwebtoken.io.Serializer;
import java.io.OutputStream;
import java.util.Map;

/** Lends ClawSec's strict JSON to the JWT library, which would otherwise want a codec module of its own. */
final class TokenJson {

    static final Serializer<Map<String, ?>> WRITER = new AbstractSerializer<>() {
        @Override
        protected void doSerialize(Map<String, ?> tree, OutputStream out) throws Exception {
            out.write(Json.write(tree));
        }
    };

    private TokenJson() {}
}
