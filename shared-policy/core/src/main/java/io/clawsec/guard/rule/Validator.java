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
