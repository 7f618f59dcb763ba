package io.tillwatch.jobs.codec;

import io.tillwatch.rules.alert.Cause;
import io.tillwatch.rules.command.Action;
import io.tillwatch.rules.command.Approval;
import io.tillwatch.rules.command.ApprovalReason;
import io.tillwatch.rules.command.Command;
import io.tillwatch.rules.command.Original;
import java.io.IOException;

final class CommandCodec implements Codec<Command> {

    private static final Action[] ACTIONS = Action.values();
    private static final Cause[] CAUSES = Cause.values();
    private static final Approval[] APPROVALS = Approval.values();
    private static final ApprovalReason[] REASONS = ApprovalReason.values();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Command value, PackedOutput out) throws IOException {
        out.writeString(value.commandId());
        out.writeCount(value.issue());
        out.writeBoolean(value.withdrawn());
        out.writeString(value.alertId());
        out.writeString(value.paymentId());
        out.writeEnum(value.action());
        out.writeLong(value.amount());
        out.writeString(value.currency());
        out.writeEnum(value.cause());
        out.writeEnum(value.approval());
        out.writeEnum(value.approvalReason());
        out.writeLong(value.issuedAtMillis());
        out.writeLong(value.notBeforeMillis());
        out.writeLong(value.expiresAtMillis());
        Original o = value.original();
        out.writeString(o.acquirerId());
        out.writeString(o.merchantId());
        out.writeString(o.terminalId());
        out.writeString(o.cardToken());
        out.writeString(o.stan());
        out.writeString(o.rrn());
        out.writeString(o.authCode());
        out.writeOptionalLong(o.authorizedAtMillis());
        out.writeString(o.captureId());
        out.writeString(o.counterpartPaymentId());
    }

    @Override
    public Command read(PackedInput in, int version) throws IOException {
        return new Command(
                in.readString(),
                in.readCount(),
                in.readBoolean(),
                in.readString(),
                in.readString(),
                in.readEnum(ACTIONS),
                in.readLong(),
                in.readString(),
                in.readEnum(CAUSES),
                in.readEnum(APPROVALS),
                in.readEnum(REASONS),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                new Original(
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readOptionalLong(),
                        in.readString(),
                        in.readString()));
    }
}
