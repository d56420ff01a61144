package io.clawsec.guard.rule;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A check that a pattern cannot make: confirms or turns down a matched span. The closed list that rule files name. */
public enum Validator {
    /** Confirms everything. */
    NONE(span -> true),
    /** {@link Checksums#luhn}. */
    LUHN(Checksums::luhn),
    /** {@link Checksums#iban}. */
    IBAN(Checksums::iban),
    /** {@link Checksums#nhsNumber}. */
    NHS(Checksums::nhsNumber),
    /** {@link Checksums#routingNumber}. */
    ABA(Checksums::routingNumber),
    /** {@link IdentityNumbers#socialSecurityNumber}. */
    US_SSN(IdentityNumbers::socialSecurityNumber),
    /** {@link IdentityNumbers#taxpayerNumber}. */
    US_ITIN(IdentityNumbers::taxpayerNumber),
    /** {@link UnitedStatesNumbers#provider}. */
    US_NPI(UnitedStatesNumbers::provider),
    /** {@link UnitedStatesNumbers#prescriber}. */
    US_DEA(UnitedStatesNumbers::prescriber),
    /** {@link UnitedStatesNumbers#vehicle}. */
    VIN(UnitedStatesNumbers::vehicle),
    /** {@link AmericanNumbers#canadian}. */
    CA_SIN(AmericanNumbers::canadian),
    /** {@link AmericanNumbers#brazilianPerson}. */
    BR_CPF(AmericanNumbers::brazilianPerson),
    /** {@link AmericanNumbers#brazilianBusiness}. */
    BR_CNPJ(AmericanNumbers::brazilianBusiness),
    /** {@link AmericanNumbers#argentine}. */
    AR_CUIT(AmericanNumbers::argentine),
    /** {@link AmericanNumbers#chilean}. */
    CL_RUT(AmericanNumbers::chilean),
    /** {@link AmericanNumbers#colombian}. */
    CO_NIT(AmericanNumbers::colombian),
    /** {@link AmericanNumbers#mexicanPerson}. */
    MX_CURP(AmericanNumbers::mexicanPerson),
    /** {@link AmericanNumbers#mexicanTax}. */
    MX_RFC(AmericanNumbers::mexicanTax),
    /** {@link EuropeanNumbers#britishInsurance}. */
    UK_NINO(EuropeanNumbers::britishInsurance),
    /** {@link EuropeanNumbers#germanTax}. */
    DE_TAX(EuropeanNumbers::germanTax),
    /** {@link EuropeanNumbers#germanCard}. */
    DE_CARD(EuropeanNumbers::germanCard),
    /** {@link EuropeanNumbers#french}. */
    FR_NIR(EuropeanNumbers::french),
    /** {@link EuropeanNumbers#spanish}. */
    ES_DNI(EuropeanNumbers::spanish),
    /** {@link EuropeanNumbers#italian}. */
    IT_CODE(EuropeanNumbers::italian),
    /** {@link EuropeanNumbers#dutch}. */
    NL_BSN(EuropeanNumbers::dutch),
    /** {@link EuropeanNumbers#swiss}. */
    CH_AHV(EuropeanNumbers::swiss),
    /** {@link EuropeanNumbers#portuguese}. */
    PT_NIF(EuropeanNumbers::portuguese),
    /** {@link EuropeanNumbers#irish}. */
    IE_PPS(EuropeanNumbers::irish),
    /** {@link EuropeanNumbers#croatian}. */
    HR_OIB(EuropeanNumbers::croatian),
    /** {@link EuropeanNumbers#turkish}. */
    TR_TCKN(EuropeanNumbers::turkish),
    /** {@link NordicNumbers#swedish}. */
    SE_PERSON(NordicNumbers::swedish),
    /** {@link NordicNumbers#norwegian}. */
    NO_BIRTH(NordicNumbers::norwegian),
    /** {@link NordicNumbers#danish}. */
    DK_CPR(NordicNumbers::danish),
    /** {@link NordicNumbers#finnish}. */
    FI_HETU(NordicNumbers::finnish),
    /** {@link NordicNumbers#icelandic}. */
    IS_ID(NordicNumbers::icelandic),
    /** {@link BirthNumbers#belgian}. */
    BE_NATIONAL(BirthNumbers::belgian),
    /** {@link BirthNumbers#polish}. */
    PL_PESEL(BirthNumbers::polish),
    /** {@link BirthNumbers#czech}. */
    CZ_BIRTH(BirthNumbers::czech),
    /** {@link BirthNumbers#romanian}. */
    RO_CNP(BirthNumbers::romanian),
    /** {@link BirthNumbers#bulgarian}. */
    BG_EGN(BirthNumbers::bulgarian),
    /** {@link BirthNumbers#austrian}. */
    AT_SVNR(BirthNumbers::austrian),
    /** {@link BirthNumbers#baltic}. */
    BALTIC_ID(BirthNumbers::baltic),
    /** {@link BirthNumbers#greek}. */
    GR_AMKA(BirthNumbers::greek),
    /** {@link BirthNumbers#southAfrican}. */
    ZA_ID(BirthNumbers::southAfrican),
    /** {@link BirthNumbers#korean}. */
    KR_RRN(BirthNumbers::korean),
    /** {@link BirthNumbers#chinese}. */
    CN_ID(BirthNumbers::chinese),
    /** {@link AsianPacificNumbers#indianResident}. */
    IN_AADHAAR(AsianPacificNumbers::indianResident),
    /** {@link AsianPacificNumbers#indianTaxpayer}. */
    IN_PAN(AsianPacificNumbers::indianTaxpayer),
    /** {@link AsianPacificNumbers#japanese}. */
    JP_NUMBER(AsianPacificNumbers::japanese),
    /** {@link AsianPacificNumbers#singaporean}. */
    SG_NRIC(AsianPacificNumbers::singaporean),
    /** {@link AsianPacificNumbers#taiwanese}. */
    TW_ID(AsianPacificNumbers::taiwanese),
    /** {@link AsianPacificNumbers#hongKong}. */
    HK_ID(AsianPacificNumbers::hongKong),
    /** {@link AsianPacificNumbers#israeli}. */
    IL_ID(AsianPacificNumbers::israeli),
    /** {@link AsianPacificNumbers#thai}. */
    TH_ID(AsianPacificNumbers::thai),
    /** {@link AsianPacificNumbers#australianTax}. */
    AU_TFN(AsianPacificNumbers::australianTax),
    /** {@link AsianPacificNumbers#australianMedicare}. */
    AU_MEDICARE(AsianPacificNumbers::australianMedicare),
    /** {@link AsianPacificNumbers#newZealand}. */
    NZ_IRD(AsianPacificNumbers::newZealand),
    /** {@link IdentityNumbers#phoneNumber}. */
    PHONE(IdentityNumbers::phoneNumber),
    /** {@link IdentityNumbers#bankIdentifier}. */
    BIC(IdentityNumbers::bankIdentifier),
    /** {@link IdentityNumbers#documentNumber}. */
    DOCUMENT(IdentityNumbers::documentNumber),
    /** {@link Dates#plausible}. */
    DATE(Dates::plausible),
    /** {@link InternetAddresses#version4}. */
    IPV4(InternetAddresses::version4),
    /** {@link InternetAddresses#version6}. */
    IPV6(InternetAddresses::version6),
    /** {@link InternetAddresses#hardware}. */
    MAC(InternetAddresses::hardware),
    /** {@link WalletAddresses#wellFormed}. */
    WALLET(WalletAddresses::wellFormed),
    /** {@link Credentials#token}. */
    TOKEN(Credentials::token),
    /** {@link Credentials#password}. */
    PASSWORD(Credentials::password),
    /** {@link Credentials#assignedKey}. */
    ASSIGNED_KEY(Credentials::assignedKey),
    /** {@link Credentials#mixedCase}. */
    MIXED_CASE(Credentials::mixedCase),
    /** {@link Credentials#highEntropy}. */
    HIGH_ENTROPY(Credentials::highEntropy),
    /** {@link Credentials#issued}. */
    ISSUED(Credentials::issued),
    /** {@link Credentials#random}. */
    RANDOM(Credentials::random),
    /** {@link Credentials#basicAuthorization}. */
    BASIC_AUTH(Credentials::basicAuthorization),
    /** {@link Credentials#discordToken}. */
    DISCORD_TOKEN(Credentials::discordToken),
    /** {@link CheckedKeys#githubToken}. */
    GITHUB_TOKEN(CheckedKeys::githubToken),
    /** {@link CheckedKeys#gitlabToken}. */
    GITLAB_TOKEN(CheckedKeys::gitlabToken),
    /** {@link CheckedKeys#ageKey}. */
    AGE_KEY(CheckedKeys::ageKey),
    /** {@link CheckedKeys#walletKey}. */
    WALLET_KEY(CheckedKeys::walletKey),
    /** {@link Credentials#jsonWebToken}. */
    JWT(Credentials::jsonWebToken);

    private final Predicate<String> check;

    Validator(Predicate<String> check) {
        this.check = check;
    }

    /** Whether the span is what the pattern took it for. */
    public boolean confirms(String span) {
        return check.test(span);
    }

    /** The name in rule files, such as {@code us-ssn}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Finds a validator by its wire name. */
    public static Optional<Validator> of(String wireName) {
        return Stream.of(values())
                .filter(validator -> validator.wireName().equals(wireName))
                .findFirst();
    }
}
