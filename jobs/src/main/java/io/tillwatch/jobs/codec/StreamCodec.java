package io.tillwatch.jobs.codec;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.Inbound;
import io.tillwatch.jobs.guard.GuardInput;
import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.duplicate.Sign;
import io.tillwatch.rules.fact.PaymentEvent;
import io.tillwatch.rules.fact.Suspicion;
import io.tillwatch.rules.policy.PolicyChange;

/** Every type that travels between tasks or stands in state, with its codec. Checkpoints name these constants. */
public enum StreamCodec {
    INBOUND(new InboundCodec()),
    PAYMENT_EVENT(new PaymentEventCodec()),
    DEAD_LETTER(new DeadLetterCodec()),
    POLICY_CHANGE(new PolicyChangeCodec()),
    POLICY_INBOUND(new PolicyInboundCodec()),
    SIGN(new SignCodec()),
    SUSPICION(new SuspicionCodec()),
    ALERT(new AlertCodec()),
    COMMAND(new CommandCodec()),
    GUARD_INPUT(new GuardInputCodec());

    public static final CodecType<Inbound> INBOUND_TYPE = new CodecType<>(Inbound.class, INBOUND);
    public static final CodecType<PaymentEvent> EVENT_TYPE = new CodecType<>(PaymentEvent.class, PAYMENT_EVENT);
    public static final CodecType<DeadLetter> DEAD_LETTER_TYPE = new CodecType<>(DeadLetter.class, DEAD_LETTER);
    public static final CodecType<PolicyChange> POLICY_TYPE = new CodecType<>(PolicyChange.class, POLICY_CHANGE);
    public static final CodecType<PolicyInbound> POLICY_INBOUND_TYPE =
            new CodecType<>(PolicyInbound.class, POLICY_INBOUND);
    public static final CodecType<Sign> SIGN_TYPE = new CodecType<>(Sign.class, SIGN);
    public static final CodecType<Suspicion> SUSPICION_TYPE = new CodecType<>(Suspicion.class, SUSPICION);
    public static final CodecType<Alert> ALERT_TYPE = new CodecType<>(Alert.class, ALERT);
    public static final CodecType<Command> COMMAND_TYPE = new CodecType<>(Command.class, COMMAND);
    public static final CodecType<GuardInput> GUARD_INPUT_TYPE = new CodecType<>(GuardInput.class, GUARD_INPUT);

    /** Without state, though its type does not say so. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Codec<?> codec;

    StreamCodec(Codec<?> codec) {
        this.codec = codec;
    }

    /** The codec; the caller knows its type by the constant. */
    @SuppressWarnings("unchecked")
    <T> Codec<T> codec() {
        return (Codec<T>) codec;
    }
}
