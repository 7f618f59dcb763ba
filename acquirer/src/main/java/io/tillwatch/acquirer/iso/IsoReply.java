package io.tillwatch.acquirer.iso;

import com.solab.iso8583.IsoMessage;
import io.tillwatch.acquirer.fault.Reply;
import io.tillwatch.acquirer.ledger.DeclineCode;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** Answers one ISO 8583 request. */
final class IsoReply implements Reply<IsoAnswer> {

    private static final int GARBAGE_BYTES_MAX = 200;

    private final IsoConnection connection;
    private final IsoAnswers answers;
    private final IsoRequest request;
    private final String about;
    private final AtomicReference<IsoAnswer> latest;

    IsoReply(
            IsoConnection connection,
            IsoAnswers answers,
            IsoRequest request,
            String about,
            AtomicReference<IsoAnswer> latest) {
        this.connection = connection;
        this.answers = answers;
        this.request = request;
        this.about = about;
        this.latest = latest;
    }

    @Override
    public void answer(IsoAnswer answer) {
        latest.set(answer);
        connection.send(answer.message().writeData());
    }

    @Override
    public void nothing() {
        // The connection stays as it is.
    }

    @Override
    public void half(IsoAnswer answer) {
        connection.sendHalf(answer.message().writeData());
    }

    @Override
    public void garbage(long bits) {
        Random random = new Random(bits);
        byte[] bytes = new byte[1 + random.nextInt(GARBAGE_BYTES_MAX)];
        random.nextBytes(bytes);
        connection.send(bytes);
    }

    @Override
    public void serverError() {
        connection.send(answers.code(request, IsoAnswers.FAILURE).writeData());
    }

    @Override
    public void another(IsoAnswer own, boolean otherwiseMatching) {
        IsoAnswer other = latest.get();
        if (other != null && !other.about().equals(about)) {
            IsoMessage message = otherwiseMatching ? answers.disguised(other.message(), request) : other.message();
            connection.send(message.writeData());
        }
    }

    @Override
    public void declined(DeclineCode code) {
        connection.send(answers.code(request, IsoAnswers.of(code)).writeData());
    }
}
