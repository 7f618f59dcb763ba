package io.tillwatch.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.policy.Mode;
import io.tillwatch.rules.policy.Setting;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.AlertStatus;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.ApprovalReason;
import io.tillwatch.schemas.record.AuthorizationKind;
import io.tillwatch.schemas.record.AuthorizationStatus;
import io.tillwatch.schemas.record.CaptureStatus;
import io.tillwatch.schemas.record.Cause;
import io.tillwatch.schemas.record.CommandStatus;
import io.tillwatch.schemas.record.OutcomeResult;
import io.tillwatch.schemas.record.ReversalKind;
import io.tillwatch.schemas.record.ReversalStatus;
import io.tillwatch.schemas.record.SettlementStatus;
import io.tillwatch.schemas.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern LITERAL = Pattern.compile("\\bt\\(\"([A-Za-z.]+)\"[,)]");
    private static final Pattern CODE = Pattern.compile("\"((?:problem|signin|done|refused|policies)\\.[A-Za-z]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[0-9]\\}");

    private final Messages messages = Messages.load();

    @Test
    void everyLanguageHasEveryTextWithTheSamePlaceholders() {
        Set<String> keys = messages.keys(Language.ENGLISH);
        for (Language language : Language.values()) {
            assertThat(messages.keys(language)).as(language.tag()).isEqualTo(keys);
            for (String key : keys) {
                assertThat(placeholders(language, key))
                        .as(language.tag() + " " + key)
                        .isEqualTo(placeholders(Language.ENGLISH, key));
                assertThat(messages.text(language, key))
                        .as(language.tag() + " " + key)
                        .isNotBlank();
            }
        }
    }

    private Set<String> placeholders(Language language, String key) {
        return all(PLACEHOLDER, messages.text(language, key), 0);
    }

    private static Set<String> all(Pattern pattern, String text, int group) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }

    @Test
    void textsWithPlaceholdersHaveNoApostropheWhichWouldQuoteThem() {
        for (Language language : Language.values()) {
            assertThat(messages.keys(language).stream()
                            .map(key -> messages.text(language, key))
                            .filter(text -> text.contains("{0}") && text.contains("'")))
                    .isEmpty();
        }
    }

    @Test
    void everyTextThatATemplateOrAHandlerNamesIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : files("src/main/resources/templates")) {
            named.addAll(all(LITERAL, Files.readString(file), 1));
        }
        for (Path file : files("src/main/java/io/tillwatch/console/web")) {
            named.addAll(all(CODE, Files.readString(file), 1));
        }

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(messages.keys(Language.ENGLISH)).containsAll(named);
    }

    private static Set<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everySymbolOfTheRecordsHasAName() {
        Map<String, Enum<?>[]> groups = Map.ofEntries(
                Map.entry("type", AlertType.values()),
                Map.entry("meaning", AlertType.values()),
                Map.entry("severity", Severity.values()),
                Map.entry("cause", Cause.values()),
                Map.entry("action", Action.values()),
                Map.entry("command.do", Action.values()),
                Map.entry("approvalReason", ApprovalReason.values()),
                Map.entry("remedy", OutcomeResult.values()),
                Map.entry("mode", Mode.values()));
        groups.forEach((group, symbols) -> assertThat(messages.keys(Language.ENGLISH))
                .containsAll(Arrays.stream(symbols)
                        .map(symbol -> group + "." + symbol.name())
                        .toList()));
        Stream.<Enum<?>[]>of(
                        AlertStatus.values(),
                        AuthorizationStatus.values(),
                        CaptureStatus.values(),
                        SettlementStatus.values(),
                        ReversalStatus.values(),
                        CommandStatus.values(),
                        OutcomeResult.values())
                .flatMap(Arrays::stream)
                .forEach(symbol -> assertThat(messages.keys(Language.ENGLISH)).contains("state." + symbol));
        Stream.<Enum<?>[]>of(AuthorizationKind.values(), ReversalKind.values())
                .flatMap(Arrays::stream)
                .forEach(symbol -> assertThat(messages.keys(Language.ENGLISH)).contains("kind." + symbol));
        for (Setting setting : Setting.values()) {
            assertThat(messages.keys(Language.ENGLISH)).contains("setting." + setting.settingName());
        }
    }

    @Test
    void aSymbolOfANewerBuildIsShownAsItIs() {
        assertThat(messages.name(Language.CHINESE, "type", "SOMETHING_NEW")).isEqualTo("SOMETHING_NEW");
    }
}
