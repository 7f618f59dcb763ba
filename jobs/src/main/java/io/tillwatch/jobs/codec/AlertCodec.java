package io.tillwatch.jobs.codec;

import io.tillwatch.rules.alert.Alert;
import io.tillwatch.rules.alert.AlertState;
import io.tillwatch.rules.alert.AlertType;
import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.alert.Evidence;
import io.tillwatch.rules.fact.Facts;
import java.io.IOException;

final class AlertCodec implements Codec<Alert> {

    private static final AlertType[] TYPES = AlertType.values();
    private static final AlertType.Severity[] SEVERITIES = AlertType.Severity.values();
    private static final Cause[] CAUSES = Cause.values();

    private final CommandCodec commands = new CommandCodec();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Alert value, PackedOutput out) throws IOException {
        out.writeString(value.alertId());
        out.writeCount(value.revision());
        out.writeBoolean(value.raised());
        out.writeEnum(value.type());
        out.writeEnum(value.severity());
        out.writeString(value.paymentId());
        out.writeString(value.subject());
        out.writeString(value.acquirerId());
        out.writeString(value.merchantId());
        out.writeString(value.terminalId());
        out.writeLong(value.detectedAtMillis());
        out.writeOptionalLong(value.amount());
        out.writeString(value.currency());
        out.writeEnum(value.cause());
        out.writeString(value.commandId());
        Evidence evidence = value.evidence();
        out.writeBoolean(evidence != null);
        if (evidence != null) {
            PaymentCodec.writeFacts(evidence.facts(), out);
            FactCodecs.writeList(evidence.commands(), out, commands::write);
            out.writeLong(evidence.hold());
            out.writeLong(evidence.netDebit());
            out.writeLong(evidence.authorizedTotal());
        }
    }

    @Override
    public Alert read(PackedInput in, int version) throws IOException {
        return new Alert(
                in.readString(),
                in.readCount(),
                in.readBoolean(),
                in.readEnum(TYPES),
                in.readEnum(SEVERITIES),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readLong(),
                in.readOptionalLong(),
                in.readString(),
                in.readEnum(CAUSES),
                in.readString(),
                in.readBoolean() ? readEvidence(in) : null);
    }

    private Evidence readEvidence(PackedInput in) throws IOException {
        Facts facts = PaymentCodec.readFacts(in);
        return new Evidence(
                facts, FactCodecs.readList(in, i -> commands.read(i, 1)), in.readLong(), in.readLong(), in.readLong());
    }

    static void writeState(AlertState value, PackedOutput out) throws IOException {
        out.writeString(value.alertId());
        out.writeEnum(value.type());
        out.writeString(value.subject());
        out.writeCount(value.revision());
        out.writeBoolean(value.raised());
        out.writeEnum(value.severity());
        out.writeOptionalLong(value.amount());
        out.writeString(value.currency());
        out.writeEnum(value.cause());
        out.writeString(value.commandId());
    }

    static AlertState readState(PackedInput in) throws IOException {
        return new AlertState(
                in.readString(),
                in.readEnum(TYPES),
                in.readString(),
                in.readCount(),
                in.readBoolean(),
                in.readEnum(SEVERITIES),
                in.readOptionalLong(),
                in.readString(),
                in.readEnum(CAUSES),
                in.readString());
    }
}
