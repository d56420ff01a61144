package io.clawsec.address;

import java.io.IOException;

/** A host has an address that no backend may have; the message names neither. */
public final class RefusedAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    private final AddressRefusal refusal;

    public RefusedAddressException(AddressRefusal refusal) {
        super("the host " + refusal.sentence());
        this.refusal = refusal;
    }

    public AddressRefusal refusal() {
        return refusal;
    }
}
