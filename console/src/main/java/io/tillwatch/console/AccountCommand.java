package io.tillwatch.console;

import io.tillwatch.console.web.SealedToken;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes an account: the person's token, sealed under a password that only the person knows. */
@Command(
        name = "account",
        description =
                "Asks for a person's token of the responder and for a password, and prints what stands in the configuration"
                        + " under web.accounts. Neither can be read from it.",
        mixinStandardHelpOptions = true)
final class AccountCommand implements Callable<Integer> {

    private static final int PASSWORD_LENGTH_MIN = 12;

    @Option(names = "--person", required = true, description = "the name with which the person signs in")
    private String person;

    @Option(
            names = "--token",
            required = true,
            interactive = true,
            description = "the person's token of the responder; it is asked for, and not given here")
    private char[] token;

    @Option(
            names = "--password",
            required = true,
            interactive = true,
            description = "with which the person will sign in; it is asked for, and not given here")
    private char[] password;

    @Override
    public Integer call() {
        if (token.length == 0 || password.length < PASSWORD_LENGTH_MIN) {
            System.err.println("a token and a password of at least " + PASSWORD_LENGTH_MIN + " characters are needed");
            return ConsoleMain.BAD_CONFIGURATION;
        }
        String sealed = SealedToken.seal(person, password, new String(token), new SecureRandom());
        Arrays.fill(token, ' ');
        Arrays.fill(password, ' ');
        System.out.println("- {person: " + person + ", sealed: " + sealed + "}");
        return 0;
    }
}
