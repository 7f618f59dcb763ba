package io.tillwatch.notifier.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.notifier.given.Alerts;
import io.tillwatch.notifier.notice.Notice;
import io.tillwatch.notifier.notice.Remedy;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.AlertType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {

    private static final Instant BY = Instant.parse("2026-03-01T12:30:00Z");

    private final List<String> problems = new ArrayList<>();

    private static Notice notice(AlertType type, long amount, String currency, Remedy.State state) {
        Notice plain = Notice.of(Alerts.raised("p-1", 1)
                .setType(type)
                .setAmount(amount)
                .setCurrency(currency)
                .build());
        Remedy remedy = new Remedy(Action.REVERSE, amount, currency, state, BY.minusSeconds(60), BY);
        return new Notice(
                plain.alertId(),
                plain.revision(),
                plain.status(),
                plain.type(),
                plain.severity(),
                plain.scope(),
                plain.paymentId(),
                plain.subject(),
                plain.acquirerId(),
                plain.merchantId(),
                plain.terminalId(),
                plain.detectedAt(),
                plain.amount(),
                plain.currency(),
                plain.cause(),
                plain.commandId(),
                Optional.of(remedy));
    }

    @Test
    void saysWhatHappenedWhatIsBeingDoneAndByWhen() {
        Templates templates = Templates.load(Optional.empty(), problems);
        Notice notice = notice(AlertType.DUPLICATE_CAPTURE, 123_450, "EUR", Remedy.State.UNDER_WAY);

        assertThat(templates.text(notice, Audience.CARDHOLDER, Language.ENGLISH))
                .hasValue(
                        "You may have been charged twice: 1,234.50 EUR too much. A cancellation of 1,234.50 EUR is under"
                                + " way; by 2026-03-01 12:30 UTC it is done, or in the hands of our staff. Your bank may need some"
                                + " days to show it.");
        assertThat(templates.text(notice, Audience.MERCHANT, Language.CHINESE))
                .hasValue("付款 p-1 被重复请款，多请 1,234.50 EUR。我们正在办理冲正，金额 1,234.50 EUR；最迟于"
                        + " 2026-03-01 12:30 UTC 完成，否则转由工作人员处理。");
    }

    @Test
    void writesAmountsWithTheDigitsOfTheirCurrency() {
        Templates templates = Templates.load(Optional.empty(), problems);
        for (String[] row : new String[][] {{"JPY", "12,345 JPY"}, {"KWD", "12.345 KWD"}, {"CNY", "123.45 CNY"}}) {
            Notice notice = notice(AlertType.DUPLICATE_CAPTURE, 12_345, row[0], Remedy.State.DONE);
            assertThat(templates.text(notice, Audience.MERCHANT, Language.ENGLISH))
                    .hasValueSatisfying(text -> {
                        assertThat(text).contains(row[1]);
                    });
        }
    }

    @Test
    void hasASentenceForMerchantsAboutEachPaymentInBothLanguagesAndFillsAllOfThem() {
        Templates templates = Templates.load(Optional.empty(), problems);
        for (AlertType type : AlertType.values()) {
            for (Audience audience : Audience.values()) {
                for (Remedy.State state : Remedy.State.values()) {
                    Notice notice = notice(type, 100, "EUR", state);
                    Optional<String> english = templates.text(notice, audience, Language.ENGLISH);
                    Optional<String> chinese = templates.text(notice, audience, Language.CHINESE);
                    assertThat(chinese.isPresent()).as("%s %s", type, audience).isEqualTo(english.isPresent());
                    english.ifPresent(text -> assertThat(text).doesNotContain("{", "}"));
                    chinese.ifPresent(text -> assertThat(text).doesNotContain("{", "}"));
                }
            }
        }
        assertThat(templates.text(
                        notice(AlertType.FEED_SILENT, 100, "EUR", Remedy.State.DONE),
                        Audience.MERCHANT,
                        Language.ENGLISH))
                .isEmpty();
    }

    @Test
    void aFilesSentencesAreOverThoseOfTheBuild(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("merchant.en.properties"),
                "what.DUPLICATE_CAPTURE=Twice: {payment}.\nwhat.CAPTURE_FAILED=\n");
        Templates templates = Templates.load(Optional.of(directory), problems);

        assertThat(problems).isEmpty();
        assertThat(templates.text(
                        notice(AlertType.DUPLICATE_CAPTURE, 100, "EUR", Remedy.State.NOT_NEEDED),
                        Audience.MERCHANT,
                        Language.ENGLISH))
                .hasValue("Twice: p-1. Nothing had to be done.");
        assertThat(templates.text(
                        notice(AlertType.CAPTURE_FAILED, 100, "EUR", Remedy.State.DONE),
                        Audience.MERCHANT,
                        Language.ENGLISH))
                .isEmpty();
    }

    @Test
    void tellsAllThatIsWrongWithFilesAtOnce(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("merchant.fr.properties"), "cleared=fini\n");
        Files.writeString(
                directory.resolve("merchant.en.properties"),
                "what.NOTHING_KNOWN=x\ncleared={cardToken} and {amount\ndoing.DONE=4111 1111 1111 1111\ndoing.FAILED="
                        + "x".repeat(501) + "\n");
        Templates.load(Optional.of(directory), problems);

        assertThat(problems).hasSize(6);
        assertThat(String.join("\n", problems))
                .contains("merchant.fr.properties", "what.NOTHING_KNOWN", "{cardToken}", "brace", "card number", "501")
                .doesNotContain("4111");
    }
}
