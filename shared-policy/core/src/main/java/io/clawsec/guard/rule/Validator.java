package io.clawsec.guard.rule;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A check that a pattern cannot make: confirms or turns down a matched span. The closed list that rule files name. */
public enum Validator {
    /** Confirms everything. */
    NONE,
    /** {@link Checksums#luhn}. */
    LUHN,
    /** {@link Checksums#iban}. */
    IBAN,
    /** {@link Checksums#nhsNumber}. */
    NHS,
    /** {@link Checksums#routingNumber}. */
    ABA,
    /** {@link IdentityNumbers#socialSecurityNumber}. */
    US_SSN,
    /** {@link IdentityNumbers#taxpayerNumber}. */
    US_ITIN,
    /** {@link UnitedStatesNumbers#provider}. */
    US_NPI,
    /** {@link UnitedStatesNumbers#prescriber}. */
    US_DEA,
    /** {@link UnitedStatesNumbers#vehicle}. */
    VIN,
    /** {@link AmericanNumbers#canadian}. */
    CA_SIN,
    /** {@link AmericanNumbers#brazilianPerson}. */
    BR_CPF,
    /** {@link AmericanNumbers#brazilianBusiness}. */
    BR_CNPJ,
    /** {@link AmericanNumbers#argentine}. */
    AR_CUIT,
    /** {@link AmericanNumbers#chilean}. */
    CL_RUT,
    /** {@link AmericanNumbers#colombian}. */
    CO_NIT,
    /** {@link AmericanNumbers#mexicanPerson}. */
    MX_CURP,
    /** {@link AmericanNumbers#mexicanTax}. */
    MX_RFC,
    /** {@link EuropeanNumbers#britishInsurance}. */
    UK_NINO,
    /** {@link EuropeanNumbers#germanTax}. */
    DE_TAX,
    /** {@link EuropeanNumbers#germanCard}. */
    DE_CARD,
    /** {@link EuropeanNumbers#french}. */
    FR_NIR,
    /** {@link EuropeanNumbers#spanish}. */
    ES_DNI,
    /** {@link EuropeanNumbers#italian}. */
    IT_CODE,
    /** {@link EuropeanNumbers#dutch}. */
    NL_BSN,
    /** {@link EuropeanNumbers#swiss}. */
    CH_AHV,
    /** {@link EuropeanNumbers#portuguese}. */
    PT_NIF,
    /** {@link EuropeanNumbers#irish}. */
    IE_PPS,
    /** {@link EuropeanNumbers#croatian}. */
    HR_OIB,
    /** {@link EuropeanNumbers#turkish}. */
    TR_TCKN,
    /** {@link NordicNumbers#swedish}. */
    SE_PERSON,
    /** {@link NordicNumbers#norwegian}. */
    NO_BIRTH,
    /** {@link NordicNumbers#danish}. */
    DK_CPR,
    /** {@link NordicNumbers#finnish}. */
    FI_HETU,
    /** {@link NordicNumbers#icelandic}. */
    IS_ID,
    /** {@link BirthNumbers#belgian}. */
    BE_NATIONAL,
    /** {@link BirthNumbers#polish}. */
    PL_PESEL,
    /** {@link BirthNumbers#czech}. */
    CZ_BIRTH,
    /** {@link BirthNumbers#romanian}. */
    RO_CNP,
    /** {@link BirthNumbers#bulgarian}. */
    BG_EGN,
    /** {@link BirthNumbers#austrian}. */
    AT_SVNR,
    /** {@link BirthNumbers#baltic}. */
    BALTIC_ID,
    /** {@link BirthNumbers#greek}. */
    GR_AMKA,
    /** {@link BirthNumbers#southAfrican}. */
    ZA_ID,
    /** {@link BirthNumbers#korean}. */
    KR_RRN,
    /** {@link BirthNumbers#chinese}. */
    CN_ID,
    /** {@link AsianPacificNumbers#indianResident}. */
    IN_AADHAAR,
    /** {@link AsianPacificNumbers#indianTaxpayer}. */
    IN_PAN,
    /** {@link AsianPacificNumbers#japanese}. */
    JP_NUMBER,
    /** {@link AsianPacificNumbers#singaporean}. */
    SG_NRIC,
    /** {@link AsianPacificNumbers#taiwanese}. */
    TW_ID,
    /** {@link AsianPacificNumbers#hongKong}. */
    HK_ID,
    /** {@link AsianPacificNumbers#israeli}. */
    IL_ID,
    /** {@link AsianPacificNumbers#thai}. */
    TH_ID,
    /** {@link AsianPacificNumbers#australianTax}. */
    AU_TFN,
    /** {@link AsianPacificNumbers#australianMedicare}. */
    AU_MEDICARE,
    /** {@link AsianPacificNumbers#newZealand}. */
    NZ_IRD,
    /** {@link IdentityNumbers#phoneNumber}. */
    PHONE,
    /** {@link IdentityNumbers#bankIdentifier}. */
    BIC,
    /** {@link IdentityNumbers#documentNumber}. */
    DOCUMENT,
    /** {@link Dates#plausible}. */
    DATE,
    /** {@link InternetAddresses#version4}. */
    IPV4,
    /** {@link InternetAddresses#version6}. */
    IPV6,
    /** {@link InternetAddresses#hardware}. */
    MAC,
    /** {@link WalletAddresses#wellFormed}. */
    WALLET,
    /** {@link Credentials#token}. */
    TOKEN,
    /** {@link Credentials#password}. */
    PASSWORD,
    /** {@link Credentials#assignedKey}. */
    ASSIGNED_KEY,
    /** {@link Credentials#mixedCase}. */
    MIXED_CASE,
    /** {@link Credentials#highEntropy}. */
    HIGH_ENTROPY,
    /** {@link Credentials#issued}. */
    ISSUED,
    /** {@link Credentials#random}. */
    RANDOM,
    /** {@link Credentials#basicAuthorization}. */
    BASIC_AUTH,
    /** {@link Credentials#discordToken}. */
    DISCORD_TOKEN,
    /** {@link CheckedKeys#githubToken}. */
    GITHUB_TOKEN,
    /** {@link CheckedKeys#gitlabToken}. */
    GITLAB_TOKEN,
    /** {@link CheckedKeys#ageKey}. */
    AGE_KEY,
    /** {@link CheckedKeys#walletKey}. */
    WALLET_KEY,
    /** {@link Credentials#jsonWebToken}. */
    JWT;

    private static final Map<String, Validator> BY_WIRE_NAME = byWireName();

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Whether the span is what the pattern took it for. */
    public boolean confirms(String span) {
        // Not a method reference for each: they would all be made into classes before the first is asked.
        return switch (this) {
            case NONE -> true;
            case LUHN -> Checksums.luhn(span);
            case IBAN -> Checksums.iban(span);
            case NHS -> Checksums.nhsNumber(span);
            case ABA -> Checksums.routingNumber(span);
            case US_SSN -> IdentityNumbers.socialSecurityNumber(span);
            case US_ITIN -> IdentityNumbers.taxpayerNumber(span);
            case US_NPI -> UnitedStatesNumbers.provider(span);
            case US_DEA -> UnitedStatesNumbers.prescriber(span);
            case VIN -> UnitedStatesNumbers.vehicle(span);
            case CA_SIN -> AmericanNumbers.canadian(span);
            case BR_CPF -> AmericanNumbers.brazilianPerson(span);
            case BR_CNPJ -> AmericanNumbers.brazilianBusiness(span);
            case AR_CUIT -> AmericanNumbers.argentine(span);
            case CL_RUT -> AmericanNumbers.chilean(span);
            case CO_NIT -> AmericanNumbers.colombian(span);
            case MX_CURP -> AmericanNumbers.mexicanPerson(span);
            case MX_RFC -> AmericanNumbers.mexicanTax(span);
            case UK_NINO -> EuropeanNumbers.britishInsurance(span);
            case DE_TAX -> EuropeanNumbers.germanTax(span);
            case DE_CARD -> EuropeanNumbers.germanCard(span);
            case FR_NIR -> EuropeanNumbers.french(span);
            case ES_DNI -> EuropeanNumbers.spanish(span);
            case IT_CODE -> EuropeanNumbers.italian(span);
            case NL_BSN -> EuropeanNumbers.dutch(span);
            case CH_AHV -> EuropeanNumbers.swiss(span);
            case PT_NIF -> EuropeanNumbers.portuguese(span);
            case IE_PPS -> EuropeanNumbers.irish(span);
            case HR_OIB -> EuropeanNumbers.croatian(span);
            case TR_TCKN -> EuropeanNumbers.turkish(span);
            case SE_PERSON -> NordicNumbers.swedish(span);
            case NO_BIRTH -> NordicNumbers.norwegian(span);
            case DK_CPR -> NordicNumbers.danish(span);
            case FI_HETU -> NordicNumbers.finnish(span);
            case IS_ID -> NordicNumbers.icelandic(span);
            case BE_NATIONAL -> BirthNumbers.belgian(span);
            case PL_PESEL -> BirthNumbers.polish(span);
            case CZ_BIRTH -> BirthNumbers.czech(span);
            case RO_CNP -> BirthNumbers.romanian(span);
            case BG_EGN -> BirthNumbers.bulgarian(span);
            case AT_SVNR -> BirthNumbers.austrian(span);
            case BALTIC_ID -> BirthNumbers.baltic(span);
            case GR_AMKA -> BirthNumbers.greek(span);
            case ZA_ID -> BirthNumbers.southAfrican(span);
            case KR_RRN -> BirthNumbers.korean(span);
            case CN_ID -> BirthNumbers.chinese(span);
            case IN_AADHAAR -> AsianPacificNumbers.indianResident(span);
            case IN_PAN -> AsianPacificNumbers.indianTaxpayer(span);
            case JP_NUMBER -> AsianPacificNumbers.japanese(span);
            case SG_NRIC -> AsianPacificNumbers.singaporean(span);
            case TW_ID -> AsianPacificNumbers.taiwanese(span);
            case HK_ID -> AsianPacificNumbers.hongKong(span);
            case IL_ID -> AsianPacificNumbers.israeli(span);
            case TH_ID -> AsianPacificNumbers.thai(span);
            case AU_TFN -> AsianPacificNumbers.australianTax(span);
            case AU_MEDICARE -> AsianPacificNumbers.australianMedicare(span);
            case NZ_IRD -> AsianPacificNumbers.newZealand(span);
            case PHONE -> IdentityNumbers.phoneNumber(span);
            case BIC -> IdentityNumbers.bankIdentifier(span);
            case DOCUMENT -> IdentityNumbers.documentNumber(span);
            case DATE -> Dates.plausible(span);
            case IPV4 -> InternetAddresses.version4(span);
            case IPV6 -> InternetAddresses.version6(span);
            case MAC -> InternetAddresses.hardware(span);
            case WALLET -> WalletAddresses.wellFormed(span);
            case TOKEN -> Credentials.token(span);
            case PASSWORD -> Credentials.password(span);
            case ASSIGNED_KEY -> Credentials.assignedKey(span);
            case MIXED_CASE -> Credentials.mixedCase(span);
            case HIGH_ENTROPY -> Credentials.highEntropy(span);
            case ISSUED -> Credentials.issued(span);
            case RANDOM -> Credentials.random(span);
            case BASIC_AUTH -> Credentials.basicAuthorization(span);
            case DISCORD_TOKEN -> Credentials.discordToken(span);
            case GITHUB_TOKEN -> CheckedKeys.githubToken(span);
            case GITLAB_TOKEN -> CheckedKeys.gitlabToken(span);
            case AGE_KEY -> CheckedKeys.ageKey(span);
            case WALLET_KEY -> CheckedKeys.walletKey(span);
            case JWT -> Credentials.jsonWebToken(span);
        };
    }

    /** The name in rule files, such as {@code us-ssn}. */
    public String wireName() {
        return wireName;
    }

    /** Finds a validator by its wire name. */
    public static Optional<Validator> of(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    private static Map<String, Validator> byWireName() {
        Map<String, Validator> byWireName = new HashMap<>();
        for (Validator validator : values()) {
            byWireName.put(validator.wireName, validator);
        }
        return byWireName;
    }
}
