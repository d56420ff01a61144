package io.clawsec.address;

/** Why a backend may not be at a host; the sentence goes on from the field's name and quotes nothing. */
public enum AddressRefusal {
    /** A number, octal, hexadecimal, or with parts missing: what software makes of it differs. */
    ODD_FORM("must name its host by a name, four decimal numbers or an IPv6 address without a zone"),
    /** Link-local, a cloud's metadata service, multicast, broadcast, nowhere: no setting allows it. */
    NEVER("leads to an address where no backend may be"),
    /** Loopback, private, or otherwise not of the public Internet. */
    NOT_PUBLIC("leads to an address that is not public; the operator can allow the host");

    private final String sentence;

    AddressRefusal(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
