package io.tillwatch.responder.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillwatch.responder.people.AuditRow;
import io.tillwatch.responder.people.CaseDetail;
import io.tillwatch.responder.people.CaseSummary;
import io.tillwatch.responder.people.CommandDetail;
import io.tillwatch.responder.people.CommandSummary;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Currency;
import java.util.List;

/**
 * A case as one page to print and to hand on: to the merchant, the acquirer, the scheme, the regulator. One file without a
 * script, a picture or a link. Every text in it comes from elsewhere and is escaped.
 */
final class CaseHtml {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String STYLE = "@page{size:A4;margin:18mm}"
            + "body{font:10pt/1.4 sans-serif;color:#000;background:#fff;max-width:174mm;margin:0 auto}"
            + "h1{font-size:16pt}h2{font-size:12pt;border-bottom:1px solid #999;margin-top:8mm;break-after:avoid}"
            + "table{border-collapse:collapse;width:100%}"
            + "th,td{border:1px solid #bbb;padding:1mm 2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
            + "th{background:#eee}thead{display:table-header-group}tr{break-inside:avoid}"
            + "pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:8pt}.note{white-space:pre-wrap}";

    /** Allows this page's style and nothing else. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; frame-ancestors 'none'; base-uri 'none'";

    private final StringBuilder html = new StringBuilder(16_384);

    private CaseHtml() {}

    static String of(CaseDetail detail) {
        CaseHtml page = new CaseHtml();
        page.write(detail);
        return page.html.toString();
    }

    private void write(CaseDetail detail) {
        CaseSummary summary = detail.summary();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        text("Case " + summary.caseId());
        html.append("</title><style>").append(STYLE).append("</style></head><body><h1>");
        text("Case " + summary.caseId() + (summary.closedAt() == null ? "" : " (closed)"));
        html.append("</h1>");
        summary(summary, detail);
        if (detail.command() != null) {
            command(detail.command());
        }
        notes(detail.notes());
        for (CaseDetail.Evidence evidence : detail.evidence()) {
            heading("Evidence: revision " + evidence.revision() + " of the alert, seen " + at(evidence.seenAt()));
            html.append("<pre>");
            text(indented(evidence.content()));
            html.append("</pre>");
        }
        audit(detail.audit());
        html.append("</body></html>\n");
    }

    private void summary(CaseSummary summary, CaseDetail detail) {
        html.append("<table><tbody>");
        row("Alert", summary.alertId());
        row("Stands", stands(detail));
        row("Payment", summary.paymentId());
        row("Acquirer", summary.acquirerId());
        row("Merchant", summary.merchantId());
        if (detail.alert() != null && detail.alert().amount() != null) {
            row("At risk", money(detail.alert().amount(), detail.alert().currency()));
        }
        row("Opened", at(summary.openedAt()) + " by " + summary.openedBy() + " (" + summary.openedWhy() + ")");
        row("Looked after by", summary.assignee());
        row("With", summary.rung() + " since " + at(summary.rungSince()));
        row("Due", at(summary.dueAt()) + (summary.overdue() ? ", overdue" : ""));
        if (summary.closedAt() != null) {
            row("Closed", at(summary.closedAt()) + " by " + summary.closedBy() + ": " + summary.resolution());
        }
        html.append("</tbody></table>");
    }

    private static String stands(CaseDetail detail) {
        if (detail.alert() == null) {
            return "not known";
        }
        return detail.alert().stands()
                ? "yes"
                : "no, cleared at " + at(detail.alert().detectedAt());
    }

    private void command(CommandDetail detail) {
        CommandSummary command = detail.command();
        heading("Command");
        html.append("<table><tbody>");
        row("Command", command.commandId());
        row("Asks for", command.action() + " of " + money(command.amount(), command.currency()));
        row("State", command.state() + " since " + at(command.stateSince()));
        row("Because", command.detail());
        row("Held", detail.held() == null ? null : detail.held().what());
        row("Approved by", String.join(", ", detail.approvals()));
        row("Done", detail.doneAmount() == null ? null : money(detail.doneAmount(), command.currency()));
        row("Acquirer's reference", detail.acquirerReference());
        row("SHA-256 of the content", detail.contentHash());
        html.append("</tbody></table>");
        heading("What happened to the command");
        head("When", "What", "Who", "");
        for (CommandDetail.TimelineEntry entry : detail.timeline()) {
            cells(at(entry.at()), entry.kind(), entry.who(), entry.what());
        }
        html.append("</tbody></table>");
        heading("The command as it was issued");
        html.append("<pre>");
        text(indented(detail.content()));
        html.append("</pre>");
    }

    private void notes(List<CaseDetail.Note> notes) {
        heading("Notes");
        for (CaseDetail.Note note : notes) {
            html.append("<p><b>");
            text(at(note.at()) + ", " + note.person());
            html.append("</b></p><p class=\"note\">");
            text(note.text());
            html.append("</p>");
        }
    }

    private void audit(List<AuditRow> rows) {
        heading("Audit");
        head("Number", "When", "Who", "What", "Details", "Hash");
        for (AuditRow row : rows) {
            cells(
                    Long.toString(row.id()),
                    at(row.at()),
                    row.person(),
                    row.verb() + " " + row.subject(),
                    row.detail(),
                    row.hash());
        }
        html.append("</tbody></table>");
    }

    private void heading(String what) {
        html.append("<h2>");
        text(what);
        html.append("</h2>");
    }

    private void head(String... names) {
        html.append("<table><thead><tr>");
        for (String name : names) {
            html.append("<th>");
            text(name);
            html.append("</th>");
        }
        html.append("</tr></thead><tbody>");
    }

    private void row(String name, String valueOrNull) {
        html.append("<tr><th scope=\"row\">");
        text(name);
        html.append("</th><td>");
        text(valueOrNull == null || valueOrNull.isEmpty() ? "–" : valueOrNull);
        html.append("</td></tr>");
    }

    private void cells(String... values) {
        html.append("<tr>");
        for (String value : values) {
            html.append("<td>");
            text(value);
            html.append("</td>");
        }
        html.append("</tr>");
    }

    /** The only way a text gets in. Only elements are filled, never attributes, scripts or styles; quotes are escaped too. */
    private void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
    }

    private static String at(Instant at) {
        return at.toString();
    }

    /** With the currency's digits, for people; an amount in a currency that Java does not know stays in minor units. */
    private static String money(long amount, String currency) {
        if (currency == null) {
            return amount + " minor units";
        }
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return BigDecimal.valueOf(amount, Math.max(0, digits)).toPlainString() + " " + currency;
        } catch (IllegalArgumentException e) {
            return amount + " minor units of " + currency;
        }
    }

    private static String indented(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds what is no JSON", e);
        }
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Tokens.sha256(text));
    }
}
