package io.tillwatch.notifier.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierSettingsTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path directory;

    private NotifierSettings.Result read(String yaml, Map<String, String> environment) throws IOException {
        return NotifierSettings.read(Files.writeString(directory.resolve("notifier.yaml"), yaml), environment);
    }

    private List<String> problems(String yaml, Map<String, String> environment) throws IOException {
        assertThat(read(yaml, environment)).isInstanceOf(NotifierSettings.Result.Bad.class);
        return ((NotifierSettings.Result.Bad) read(yaml, environment)).problems();
    }

    @Test
    void theExampleCanBeRead() {
        Path example = Path.of("../examples/notifier/notifier.yaml");
        NotifierSettings.Result result = NotifierSettings.read(example, Map.of("SHOP_SECRET", SECRET));

        assertThat(result).isInstanceOf(NotifierSettings.Result.Good.class);
        NotifierSettings settings = ((NotifierSettings.Result.Good) result).settings();
        assertThat(settings.alertmanagers()).hasSize(1);
        assertThat(settings.webhooks()).hasSize(1);
        assertThat(settings.toString()).doesNotContain(SECRET.substring(6));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceAndNoSecret() throws IOException {
        List<String> problems = problems("""
                kafka: {bootstrap: "localhost:9092"}
                colour: red
                alertmanagers:
                  - name: operations
                    url: ftp://alertmanager
                    resendEvery: PT10M
                    holdsFor: PT10M
                webhooks:
                  - name: operations
                    url: http://127.0.0.1/hook
                    secrets: [{variable: SHOP_SECRET}]
                    only: {types: [NO_SUCH], severityMin: LOUD}
                    caFile: no-such.pem
                    texts: {languages: [fr]}
                """, Map.of("SHOP_SECRET", "whsec_tooshort"));

        assertThat(problems)
                .anySatisfy(one -> assertThat(one).startsWith("colour: "))
                .anySatisfy(one -> assertThat(one).startsWith("alertmanagers[0].url: "))
                .anySatisfy(one -> assertThat(one).startsWith("alertmanagers[0].holdsFor: "))
                .anySatisfy(one -> assertThat(one).startsWith("webhooks[0].url: is not https"))
                .anySatisfy(one -> assertThat(one).startsWith("webhooks[0].url: its address is loopback"))
                .anySatisfy(one -> assertThat(one).startsWith("webhooks[0].secrets[0].variable: "))
                .anySatisfy(one -> assertThat(one).startsWith("webhooks[0].only.types: "))
                .anySatisfy(one -> assertThat(one).startsWith("webhooks[0].caFile: "))
                .anySatisfy(one -> assertThat(one).startsWith("webhooks[0].only.severityMin: "))
                .anySatisfy(one -> assertThat(one).startsWith("webhooks[0].texts.languages: "))
                .anySatisfy(one -> assertThat(one).contains("two destinations are named operations"))
                .noneSatisfy(one -> assertThat(one).contains("tooshort"));
    }

    @Test
    void wantsSomebodyToTell() throws IOException {
        assertThat(problems("kafka: {bootstrap: \"localhost:9092\"}", Map.of()))
                .singleElement()
                .asString()
                .contains("nobody to tell");
    }
}
