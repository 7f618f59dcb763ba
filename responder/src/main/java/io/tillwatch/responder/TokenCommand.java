package io.tillwatch.responder;

import io.tillwatch.responder.api.NewToken;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes a token for a person. */
@Command(
        name = "token",
        description =
                "Makes a token: the first line is for the person, the second for api.tokens in the configuration.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        NewToken token = NewToken.make(new SecureRandom());
        PrintWriter out = spec.commandLine().getOut();
        out.println("token:  " + token.token());
        out.println("sha256: " + token.sha256());
        return 0;
    }
}
