package io.clawsec.identity.jwt;

import io.jsonwebtoken.JwtBuilder;
import java.util.function.UnaryOperator;

/** The key that an issuer signs new tokens with, and the id by which verifiers find its counterpart; confidential. */
public final class SigningKey {

    private final String id;
    private final UnaryOperator<JwtBuilder> signature;

    SigningKey(String id, UnaryOperator<JwtBuilder> signature) {
        this.id = id;
        this.signature = signature;
    }

    /** The {@code kid} of the tokens that it signs. */
    public String id() {
        return id;
    }

    /** The token in its compact form, signed. */
    String sign(JwtBuilder token) {
        return signature.apply(token).compact();
    }

    /** Shows the id only. */
    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
