package io.tillwatch.cli.doctor;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param good whether it is as it should be; what cannot be seen is not
 * @param subject the topic, or whatever it is about
 * @param found what it is
 * @param wanted what it should be
 * @param remedy the command that changes it, or what to do; empty for what is good
 */
record Finding(boolean good, String subject, String found, String wanted, Optional<String> remedy) {

    static Finding good(String subject, String found, String wanted) {
        return new Finding(true, subject, found, wanted, Optional.empty());
    }

    static Finding wrong(String subject, String found, String wanted, String remedy) {
        return new Finding(false, subject, found, wanted, Optional.of(remedy));
    }
}
