package io.tillwatch.responder.doctor;

import java.util.Optional;

/**
 * One thing that was looked at; in the form in which {@code ./tillwatch doctor} tells it.
 *
 * @param good whether it is as it should be
 * @param subject the database, an acquirer, or the issuer of tokens
 * @param found what it is
 * @param wanted what it should be
 * @param remedy what changes it; empty for what is good
 */
public record Finding(boolean good, String subject, String found, String wanted, Optional<String> remedy) {

    static Finding of(boolean good, String subject, String found, String wanted, String remedyIfNot) {
        return new Finding(good, subject, found, wanted, good ? Optional.empty() : Optional.of(remedyIfNot));
    }
}
